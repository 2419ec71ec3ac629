package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.set;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MapOperationTest {

    private static final MapOperation<Long, Long, Long> DEPOSIT =
            new MapOperation<>("deposit", 1, Codec.longs(), Codec.longs(), Codec.longs(), (balance, amount) -> {
                long sum = (balance == null ? 0 : balance) + amount;
                return MapOperation.Outcome.set(sum, sum);
            });

    /** Closes an account that is empty; refuses what is over the balance. */
    private static final MapOperation<Long, Long, Long> WITHDRAW =
            new MapOperation<>("withdraw", 1, Codec.longs(), Codec.longs(), Codec.longs(), (balance, amount) -> {
                if (balance == null) {
                    return MapOperation.Outcome.keep(null);
                }
                if (amount > balance) {
                    throw new ReplicaException("only " + balance);
                }
                long rest = balance - amount;
                return rest == 0 ? MapOperation.Outcome.remove(rest) : MapOperation.Outcome.set(rest, rest);
            });

    private static final MapOperation<Long, Long, Long> WITHDRAW_2 = new MapOperation<>(
            "withdraw",
            2,
            Codec.longs(),
            Codec.longs(),
            Codec.longs(),
            (balance, amount) -> MapOperation.Outcome.set((balance == null ? 0 : balance) - amount, null));

    private static final Command.Creation MAP = new Command.Creation("m", MapReplica.KIND);

    @Test
    void anOperationIsCarriedOutAtOnePlaceOfTheOrder() throws Exception {
        ReplicationOptions options = ReplicationOptions.defaults().withMapOperations(DEPOSIT, WITHDRAW);
        try (LoopbackMembers members = LoopbackMembers.form(3, options)) {
            List<CompletableFuture<Long>> sums = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                sums.add(accounts(members.get(i % 3)).executeAsync("alice", DEPOSIT, 1L));
            }

            assertThat(sums.stream().map(CompletableFuture::join).distinct()).hasSize(300);
            ReplicatedMap<String, Long> accounts = accounts(members.get(1));
            assertThat(accounts.getOrdered("alice")).isEqualTo(300);
            assertThatThrownBy(() -> accounts.execute("alice", WITHDRAW, 301L))
                    .isInstanceOf(ReplicaException.class)
                    .hasMessageContaining("only 300");
            assertThat(accounts.execute("alice", WITHDRAW, 299L)).isEqualTo(1);
            assertThat(accounts.execute("alice", WITHDRAW, 1L)).isZero();
            assertThat(accounts.containsKey("alice")).isFalse();
            assertThat(accounts.execute("alice", WITHDRAW, 1L)).isNull();
        }
    }

    @Test
    void anOperationThatThisMemberLacksIsNotSent() throws Exception {
        try (LoopbackMembers members =
                LoopbackMembers.form(1, ReplicationOptions.defaults().withMapOperations(WITHDRAW))) {
            assertThatThrownBy(() -> accounts(members.get(0)).execute("alice", WITHDRAW_2, 1L))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("map-operation:withdraw:2")
                    .hasMessageContaining("withMapOperations");
            assertThat(members.get(0).status().isPrimary()).isTrue();
        }
    }

    @Test
    void whatNotAllCanCarryOutIsRefusedUntilAllCan() throws Exception {
        try (LoopbackMembers members = new LoopbackMembers(2)) {
            ReplicationOptions able = ReplicationOptions.defaults().withMapOperations(DEPOSIT);
            ReplicatedObjects first = members.start(1, able, it -> {});
            ReplicatedObjects older = members.start(2, ReplicationOptions.defaults(), it -> {});

            assertThatThrownBy(() -> accounts(first).execute("alice", DEPOSIT, 5L))
                    .isInstanceOf(ReplicaException.class)
                    .hasMessageContaining("not every member has the code for map-operation:deposit:1");
            assertThat(older.status().isPrimary()).isTrue();

            older.leave().get(10, TimeUnit.SECONDS);
            ReplicatedObjects newer = members.start(2, able, it -> {});
            assertThat(accounts(first).execute("alice", DEPOSIT, 5L)).isEqualTo(5);
            assertThat(accounts(newer).getOrdered("alice")).isEqualTo(5);
        }
    }

    @Test
    void twoVersionsOfAnOperationAreTwoOperations() {
        MapReplica map = new MapReplica(new MapOperations(List.of(WITHDRAW, WITHDRAW_2)));

        assertThat(map.apply(MapCommand.execute(bytes("a"), WITHDRAW, number(3)), circumstances(1)))
                .as("the first does nothing to an account that is not there")
                .containsExactly(0);
        assertThat(map.size()).isZero();
        assertThat(map.apply(MapCommand.execute(bytes("a"), WITHDRAW_2, number(3)), circumstances(2)))
                .containsExactly(0);
        assertThat(map.get(new Key(bytes("a"))).decoded(Codec.longs())).isEqualTo(-3);
        assertThatThrownBy(() -> ReplicationOptions.defaults().withMapOperations(WITHDRAW, WITHDRAW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("map-operation:withdraw:1");
    }

    @Test
    void whatAnOperationThrowsChangesNothing() {
        MapOperation<Long, Long, Long> broken =
                new MapOperation<>("broken", 1, Codec.longs(), Codec.longs(), Codec.longs(), (value, argument) -> {
                    throw new IllegalArgumentException("text that may differ");
                });
        Journal journal = journal(broken, DEPOSIT);
        journal.apply(new Command(A, 1, 0, Shelf.key(MAP), MAP, MapCommand.execute(bytes("a"), DEPOSIT, number(1))));

        Answer answer = journal.apply(
                new Command(A, 2, 0, Shelf.key(MAP), null, MapCommand.execute(bytes("a"), broken, number(1))));

        assertThat(answer.kind()).isEqualTo(Answer.Kind.REFUSED);
        assertThat(answer.text()).contains("IllegalArgumentException").doesNotContain("may differ");
        MapReplica map = (MapReplica) journal.shelf().find(Shelf.key(MAP));
        assertThat(map.get(new Key(bytes("a"))).decoded(Codec.longs())).isEqualTo(1);
    }

    private static ReplicatedMap<String, Long> accounts(ReplicatedObjects member) {
        return member.map("accounts", Codec.strings(), Codec.longs());
    }

    private static Journal journal(MapOperation<?, ?, ?>... operations) {
        Map<String, Supplier<Replica>> kinds = new TreeMap<>();
        MapOperations known = new MapOperations(List.of(operations));
        kinds.put(MapReplica.KIND, () -> new MapReplica(known));
        List<String> able = new ArrayList<>(known.capabilities());
        able.add(Capabilities.kind(MapReplica.KIND));
        Journal journal = Journal.begin(kinds, 1);
        Answer unused = journal.apply(Command.established(Establishment.of(set(A), Capabilities.of(able))));
        return journal;
    }

    private static Replica.Circumstances circumstances(long position) {
        return new Replica.Circumstances(
                position, 0, 0, A, Capabilities.of(List.of("map-operation:withdraw:1", "map-operation:withdraw:2")));
    }

    private static byte[] number(long number) {
        return Codec.longs().encode(number);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
