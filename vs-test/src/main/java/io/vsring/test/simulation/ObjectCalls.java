package io.vsring.test.simulation;

import io.vsring.replicated.Codec;
import io.vsring.replicated.NotPrimaryException;
import io.vsring.replicated.ReplicaException;
import io.vsring.replicated.ReplicatedCounter;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.RingClosedException;
import io.vsring.test.linearizability.CounterModel;
import io.vsring.test.linearizability.Invocation;
import io.vsring.test.linearizability.MapEntryModel;
import io.vsring.test.linearizability.ObjectKey;
import io.vsring.test.linearizability.PendingOperation;
import io.vsring.test.linearizability.WholeMapModel;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one member on maps and counters that all members share, on so few keys that they get in each other's
 * way. M5: what is read here, of the memory of this member, never goes back.
 */
final class ObjectCalls {
    private static final String ENTRIES = "entries";
    private static final int KEYS = 3;

    private final SimulatedMember member;
    private final SimulatedCluster cluster;
    private final ReplicatedObjects objects;
    private final ObjectClaims claims;
    private final Dice dice;
    private final Map<String, Long> seenVersions = new TreeMap<>();
    private long losses;
    private long seenSum;

    ObjectCalls(
            SimulatedMember member,
            SimulatedCluster cluster,
            ReplicatedObjects objects,
            ObjectClaims claims,
            Dice dice) {
        this.member = member;
        this.cluster = cluster;
        this.objects = objects;
        this.claims = claims;
        this.dice = dice;
    }

    /** Makes one call; null if it was refused. */
    @Nullable
    CompletableFuture<?> call() {
        if (claims.losses() != losses) {
            losses = claims.losses();
            seenVersions.clear();
        }
        return switch (dice.weighted(5, 3, 3)) {
            case 0 -> onEntry(claims.entries() + dice.below(KEYS));
            case 1 -> onWholeMap(claims.wholeMap(), "k" + dice.below(KEYS));
            default -> onCounter(claims.counter());
        };
    }

    private @Nullable CompletableFuture<?> onEntry(String key) {
        ReplicatedMap<String, String> map = map(ENTRIES);
        ObjectKey object = MapEntryModel.object(ENTRIES, key);
        ReplicatedMap.Versioned<String> here = look(map, key);
        String value = claims.value();
        return switch (dice.weighted(4, 4, 1, 1, 2)) {
            case 0 -> recorded(object, MapEntryModel.get(), () -> map.getOrderedAsync(key));
            case 1 -> recorded(object, MapEntryModel.put(value), () -> map.putAsync(key, value));
            case 2 -> recorded(object, MapEntryModel.remove(), () -> map.removeAsync(key));
            case 3 ->
                here == null
                        ? recorded(object, MapEntryModel.putIfAbsent(value), () -> map.putIfAbsentAsync(key, value))
                        : recorded(
                                object, MapEntryModel.remove(here.value()), () -> map.removeAsync(key, here.value()));
            default ->
                here == null
                        ? recorded(object, MapEntryModel.replace(value), () -> map.replaceAsync(key, value))
                        : recorded( // each value is written once, so it has one version
                                object,
                                MapEntryModel.replace(here.value(), value),
                                () -> map.replaceIfVersionAsync(key, here.version(), value));
        };
    }

    private ReplicatedMap.@Nullable Versioned<String> look(ReplicatedMap<String, String> map, String key) {
        ReplicatedMap.Versioned<String> here = map.getVersioned(key);
        long before = seenVersions.getOrDefault(key, 0L);
        if (here != null) {
            seenVersions.put(key, here.version());
            if (here.version() < before && claims.isJudged()) {
                cluster.violated(
                        "M5",
                        member + " reads version " + here.version() + " of " + key + " after version " + before,
                        member.trace());
            }
        }
        return here;
    }

    private @Nullable CompletableFuture<?> onWholeMap(String name, String key) {
        ReplicatedMap<String, String> map = map(name);
        ObjectKey object = WholeMapModel.object(name);
        String value = claims.value();
        Map<String, String> some = new TreeMap<>(Map.of(key, value));
        some.put("k" + dice.below(KEYS), claims.value());
        return switch (dice.weighted(4, 3, 1, 3, 2, 1)) {
            case 0 -> recorded(object, WholeMapModel.at(key, MapEntryModel.get()), () -> map.getOrderedAsync(key));
            case 1 -> recorded(object, WholeMapModel.at(key, MapEntryModel.put(value)), () -> map.putAsync(key, value));
            case 2 -> recorded(object, WholeMapModel.at(key, MapEntryModel.remove()), () -> map.removeAsync(key));
            case 3 -> recorded(object, WholeMapModel.putAll(some), () -> map.putAllAsync(some));
            case 4 -> recorded(object, WholeMapModel.size(), map::sizeOrderedAsync);
            default -> recorded(object, WholeMapModel.clear(), map::clearAsync);
        };
    }

    private @Nullable CompletableFuture<?> onCounter(String name) {
        ReplicatedCounter counter = objects.counter(name);
        ObjectKey object = CounterModel.object(name);
        long expected = seenSum;
        return switch (dice.weighted(2, 4, 2)) {
            case 0 -> seen(recorded(object, CounterModel.get(), counter::getOrderedAsync));
            case 1 -> seen(recorded(object, CounterModel.add(1), () -> counter.addAndGetAsync(1)));
            default ->
                recorded(
                        object,
                        CounterModel.compareAndSet(expected, expected + 10),
                        () -> counter.compareAndSetAsync(expected, expected + 10));
        };
    }

    private @Nullable CompletableFuture<Long> seen(@Nullable CompletableFuture<Long> answer) {
        return answer == null ? null : answer.whenComplete((sum, failure) -> seenSum = sum == null ? seenSum : sum);
    }

    private ReplicatedMap<String, String> map(String name) {
        return objects.map(name, Codec.strings(), Codec.strings());
    }

    private <T> @Nullable CompletableFuture<T> recorded(
            ObjectKey object, Invocation invocation, Supplier<CompletableFuture<T>> call) {
        PendingOperation operation = claims.begin(member, object, invocation);
        try {
            return call.get().whenComplete((answer, failure) -> end(operation, answer, failure));
        } catch (NotPrimaryException | RingClosedException refused) {
            operation.refused();
            return null;
        }
    }

    private void end(PendingOperation operation, @Nullable Object answer, @Nullable Throwable failure) {
        if (!member.isThere()) {
            return;
        }
        long unused = claims.losses(); // what was lost by now is judged without this answer
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause == null) {
            operation.returned(answer);
        } else if (isRefusal(cause)) {
            operation.refused();
        } else {
            operation.unknown();
        }
    }

    /** Whether what failed so has not been carried out, and never will be. */
    static boolean isRefusal(@Nullable Throwable cause) {
        return cause instanceof NotPrimaryException
                || cause instanceof RingClosedException
                || cause instanceof ReplicaException;
    }
}
