package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MapLimitsTest {

    private static final int NEVER = 0;

    private final MapReplica map = new MapReplica(new MapOperations(List.of()));
    private final List<String> heard = new ArrayList<>();
    private long position;
    private long millis = 1_000_000;
    private MapReplica replayed;

    @Test
    void anEntryGoesWhenItsTimeIsOver() {
        listen();
        put("a", 500);
        put("b", 300);
        put("stays", NEVER);

        pass(299);
        assertThat(keys()).containsExactly("a", "b", "stays");
        pass(1);
        assertThat(keys()).containsExactly("a", "stays");
        pass(200);
        assertThat(keys()).containsExactly("stays");
        assertThat(map.waitsForTime()).as("nothing is left to wait for").isFalse();
        assertThat(heard).containsExactly("ADDED a", "ADDED b", "ADDED stays", "EXPIRED b", "EXPIRED a");
    }

    @Test
    void whoWritesAnEntryGivesItANewTime() {
        put("a", 500);
        put("b", 500);
        put("c", 500);
        put("d", 500);
        pass(400);
        put("a", 500);
        put("b", NEVER);
        apply(MapCommand.of(MapCommand.Kind.REMOVE, bytes("c")));
        apply(MapCommand.of(MapCommand.Kind.PUT_IF_ABSENT, bytes("d"), bytes("x"), 500));

        pass(499);
        assertThat(keys()).as("d was there: its time is not changed").containsExactly("a", "b");
        pass(1);
        assertThat(keys()).containsExactly("b");
    }

    @Test
    void theMapsTimeIsThatOfEntriesWithoutTheirOwn() {
        put("before", NEVER);
        limit(MapLimits.NONE.withTimeToLive(Duration.ofMillis(100)));
        put("a", NEVER);
        put("own", 300);
        apply(MapCommand.putAll(List.of(bytes("all"), bytes("x"))));
        apply(MapCommand.replaceIfVersion(bytes("version"), 0, bytes("x")));

        pass(100);

        assertThat(keys()).containsExactly("before", "own");
    }

    @Test
    void whereThereAreTooManyTheOneWrittenLongestAgoGoes() {
        put("z", NEVER);
        put("y", NEVER);
        put("x", NEVER);
        put("z", NEVER); // again: now y is the oldest
        listen();

        limit(MapLimits.NONE.withEntriesMax(2));
        assertThat(keys()).containsExactly("x", "z");
        put("a", NEVER);
        assertThat(keys()).containsExactly("a", "z");
        put("a", NEVER);
        put("b", NEVER);
        assertThat(keys()).containsExactly("a", "b");
        limit(MapLimits.NONE);
        put("c", NEVER);
        assertThat(keys()).containsExactly("a", "b", "c");

        assertThat(heard)
                .containsExactly("EVICTED y", "ADDED a", "EVICTED x", "UPDATED a", "ADDED b", "EVICTED z", "ADDED c");
    }

    @Test
    void moreThanFitAtOnceLeaveAsManyAsFit() {
        limit(MapLimits.NONE.withEntriesMax(2));

        apply(MapCommand.putAll(List.of(
                bytes("c"), bytes("1"), bytes("a"), bytes("2"), bytes("c"), bytes("3"), bytes("b"), bytes("4"))));

        assertThat(keys()).containsExactly("b", "c");
    }

    @Test
    void manyThatExpireAtOnceGoBitByBit() {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 25_000; i++) {
            all.add(bytes("k" + i));
            all.add(bytes("v"));
        }
        limit(MapLimits.NONE.withTimeToLive(Duration.ofMillis(1)));
        apply(MapCommand.putAll(all));

        pass(100);
        assertThat(map.size()).isEqualTo(15_000);
        assertThat(map.waitsForTime()).isTrue();
        pass(100);
        pass(100);
        assertThat(map.size()).isZero();
    }

    @Test
    void whatHasNoLimitsWaitsForNothing() {
        put("a", NEVER);

        assertThat(map.waitsForTime()).isFalse();
        assertThat(map.limits()).isNull();
    }

    /** Whatever is done meanwhile: who takes over the state goes on like who has lived through it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aCopyOfTheStateGoesOnAlike(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            step(random, List.of(map));
        }
        MapReplica copy = new MapReplica(new MapOperations(List.of()));
        StateSnapshot pieces = map.snapshot();
        List<Runnable> since = new ArrayList<>();
        while (pieces.hasNext()) {
            copy.restore(pieces.next());
            for (int i = 0; i < 20; i++) {
                since.add(step(random, List.of(map)));
            }
        }
        pieces.close();
        replayed = copy;
        since.forEach(Runnable::run);
        assertThat(content(copy)).isEqualTo(content(map));

        for (int i = 0; i < 300; i++) {
            step(random, List.of(map, copy));
            assertThat(content(copy)).isEqualTo(content(map));
            assertThat(copy.waitsForTime()).isEqualTo(map.waitsForTime());
        }
    }

    @Test
    void limitsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new MapLimits(Duration.ofSeconds(-1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> MapLimits.NONE.withEntriesMax(-5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-5");
        assertThat(MapLimits.NONE.withTimeToLive(Duration.ofNanos(1_000_001)))
                .as("what is declared is what is then there")
                .isEqualTo(MapLimits.NONE.withTimeToLive(Duration.ofMillis(2)));
        assertThat(MapLimits.millis(Duration.ofNanos(1))).isEqualTo(1);
        assertThat(MapLimits.millis(Duration.ofMillis(7))).isEqualTo(7);
        assertThat(MapLimits.millis(Duration.ofSeconds(Long.MAX_VALUE))).isPositive();
    }

    @Test
    void timeEndsAnEntryOnAllMembers() throws Exception {
        try (LoopbackMembers members = LoopbackMembers.form(3, ReplicationOptions.defaults())) {
            ReplicatedMap<String, String> map = members.get(0).map("m", Codec.strings(), Codec.strings());
            assertThatThrownBy(() -> map.put("a", "1", Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("map 'm'");
            ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
            members.get(2)
                    .map("m", Codec.strings(), Codec.strings())
                    .addListener(event -> events.add(event.kind() + " " + event.key() + event.oldValue()));

            assertThat(map.put("a", "1", Duration.ofMillis(200))).isNull();
            assertThat(map.putIfAbsent("a", "2", Duration.ofMillis(1))).isEqualTo("1");
            assertThat(map.put("b", "3")).isNull();

            LoopbackMembers.await(() -> events.contains("EXPIRED a1"));
            assertThat(map.getOrdered("a")).isNull();
            assertThat(map.getOrdered("b")).isEqualTo("3");
        }
    }

    @Test
    void limitsAreDeclaredWithTheFirstChangeAndTheLastToSaySoIsHeard() throws Exception {
        try (LoopbackMembers members = LoopbackMembers.form(2, ReplicationOptions.defaults())) {
            MapLimits two = MapLimits.NONE.withEntriesMax(2);
            MapLimits one = MapLimits.NONE.withEntriesMax(1);
            ReplicatedMap<String, String> first =
                    members.get(0).map("m", Codec.strings(), Codec.strings()).withLimits(two);
            ReplicatedMap<String, String> second =
                    members.get(1).map("m", Codec.strings(), Codec.strings()).withLimits(one);

            assertThat(first.limits()).isEqualTo(MapLimits.NONE);
            for (String key : List.of("a", "b", "c")) {
                assertThat(first.put(key, key)).isNull();
            }
            assertThat(first.limits()).isEqualTo(two);
            assertThat(first.sizeOrdered()).isEqualTo(2);

            assertThat(second.put("d", "d")).isNull();
            assertThat(first.sizeOrdered()).isEqualTo(1);
            assertThat(first.put("e", "e")).as("declared once, not each time").isNull();
            assertThat(first.limits()).isEqualTo(one);
            LoopbackMembers.await(() -> !members.warnings().isEmpty()); // told after the answer
            assertThat(members.warnings())
                    .singleElement()
                    .satisfies(warning -> assertThat(warning).contains("map 'm'", "entriesMax=2", "entriesMax=1"));
        }
    }

    /** One thing at random, on all these; gives what does the same on a replica that comes behind. */
    private Runnable step(Random random, List<MapReplica> maps) {
        String key = "k" + random.nextInt(40);
        int what = random.nextInt(20);
        if (what < 4) {
            millis += random.nextInt(400);
            Replica.Circumstances now = new Replica.Circumstances(position++, millis, 0, A, Capabilities.NONE);
            maps.forEach(each -> each.onTime(now));
            return () -> replayed.onTime(now);
        }
        byte[] command = switch (what) {
            case 4 ->
                MapCommand.limit(new MapLimits(
                        Duration.ofMillis(random.nextInt(2) * 700L), random.nextInt(2) * (1 + random.nextInt(30))));
            case 5, 6 -> MapCommand.of(MapCommand.Kind.REMOVE, bytes(key));
            case 7 ->
                random.nextInt(10) > 0 ? MapCommand.of(MapCommand.Kind.SIZE) : MapCommand.of(MapCommand.Kind.CLEAR);
            case 8, 9 ->
                MapCommand.putAll(List.of(bytes(key), bytes("1"), bytes("k" + random.nextInt(40)), bytes("2")));
            case 10 -> MapCommand.of(MapCommand.Kind.PUT_IF_ABSENT, bytes(key), bytes("3"));
            default ->
                MapCommand.of(
                        MapCommand.Kind.PUT,
                        bytes(key),
                        random.nextInt(8) == 0 ? new byte[20_000] : bytes("4"),
                        random.nextInt(2) * 1L * random.nextInt(1500));
        };
        Replica.Circumstances now = new Replica.Circumstances(position++, millis, 0, A, Capabilities.NONE);
        byte[] answer = maps.get(0).apply(command, now);
        maps.stream()
                .skip(1)
                .forEach(each -> assertThat(each.apply(command, now)).isEqualTo(answer));
        return () -> assertThat(replayed.apply(command, now)).isEqualTo(answer);
    }

    private static Map<Key, List<Object>> content(MapReplica map) {
        Map<Key, List<Object>> all = new TreeMap<>();
        map.iterator()
                .forEachRemaining(each -> all.put(
                        each.key(),
                        List.of(
                                new String(each.entry().value(), UTF_8),
                                each.entry().version(),
                                each.entry().expiresMillis())));
        all.put(new Key(bytes("limits")), List.of(String.valueOf(map.limits())));
        return all;
    }

    private void listen() {
        MapListeners listeners = new MapListeners((what, why) -> {});
        listeners.add(
                "m",
                change ->
                        heard.add(change.kind() + " " + new String(change.key().bytes(), UTF_8)));
        MapReplica same = new MapReplica(new MapOperations(List.of()));
        try (StateSnapshot pieces = map.snapshot()) {
            pieces.forEachRemaining(same::restore);
        }
        map.shown(listeners, same);
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        map.iterator().forEachRemaining(each -> keys.add(new String(each.key().bytes(), UTF_8)));
        keys.sort(null);
        return keys;
    }

    private void put(String key, long timeToLiveMillis) {
        apply(MapCommand.of(MapCommand.Kind.PUT, bytes(key), bytes("x"), timeToLiveMillis));
    }

    private void limit(MapLimits limits) {
        apply(MapCommand.limit(limits));
    }

    private void apply(byte[] command) {
        map.apply(command, new Replica.Circumstances(position++, millis, 0, A, Capabilities.NONE));
    }

    private void pass(long ms) {
        millis += ms;
        map.onTime(new Replica.Circumstances(position++, millis, 0, A, Capabilities.NONE));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
