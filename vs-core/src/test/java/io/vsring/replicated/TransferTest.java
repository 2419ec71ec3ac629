package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static io.vsring.replicated.Members.C;
import static io.vsring.replicated.Members.label;
import static io.vsring.replicated.Members.set;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.ring.Fill;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A has the state, B and C get it; what is sent is delivered when the test says so. */
class TransferTest {

    private static final TransferLimits LIMITS = new TransferLimits(100, 50_000);
    private static final Command.Creation MAP = new Command.Creation("m", MapReplica.KIND);

    private final ArrayDeque<StatePack> network = new ArrayDeque<>();
    private final Journal state = Journal.begin(kinds(), 7);
    private final Transfer a = new Transfer(A, kinds(), LIMITS, network::add);
    private final Transfer b = new Transfer(B, kinds(), LIMITS, network::add);
    private final Transfer c = new Transfer(C, kinds(), LIMITS, network::add);
    private long request;

    @Test
    void aStateThatWasCutOffIsGoneOnWithAndNotBegunAgain() {
        putMany(500);
        configuration(set(A, B));
        deliver(10, b);
        StatePack lost = network.getFirst();

        put("after", "the cut");
        TransferPlan plan = configuration(set(A, B));

        assertThat(plan.rest()).isEqualTo(set(B));
        assertThat(network.getFirst().index()).as("from where it was cut").isEqualTo(lost.index());
        assertThat(arrives(b)).isEqualTo(state.extent());
    }

    @Test
    void howMuchIsUnderWayAndHasComeIsShown() {
        putMany(500);
        configuration(set(A, B));
        assertThat(shown(a, StateResource.STATE_PACKS)).isEqualTo(TransferSource.UNDER_WAY_MAX);
        assertThat(shown(b, StateResource.INCOMING_STATE)).isZero();
        deliver(10, b);
        assertThat(shown(b, StateResource.INCOMING_STATE)).isEqualTo(10L * LIMITS.packBytes());

        configuration(set(A, B));
        assertThat(shown(b, StateResource.INCOMING_STATE))
                .as("what has come stays")
                .isEqualTo(10L * LIMITS.packBytes());
        arrives(b);

        assertThat(shown(a, StateResource.STATE_PACKS)).isZero();
        assertThat(shown(b, StateResource.INCOMING_STATE)).isZero();
        assertThat(shown(a, StateResource.INCOMING_STATE)).isZero();
    }

    /** Else a value of megabytes holds the delivery thread up for seconds. */
    @Test
    void aLargeValueIsNotCopiedAnewForEachPack() {
        int bytes = 4 << 20;
        put("large", "x".repeat(bytes));
        ArrayDeque<StatePack> sent = new ArrayDeque<>();
        TransferSource source = new TransferSource(16 << 10, sent::add);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();

        long before = threads.getThreadAllocatedBytes(thread);
        source.begin(state, new TransferPlan(set(), set(), 0, set(B)));
        StateAssembly assembly = new StateAssembly(
                StandingOf.at(StandingOf.valid(A, label(5), set(A), 0), state.extent()), new Journal(kinds()));
        while (!assembly.take(sent.remove())) {
            source.delivered();
        }

        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(16L * bytes);
        assertThat(assembly.whole().extent()).isEqualTo(state.extent());
    }

    private static long shown(Transfer transfer, StateResource resource) {
        ReplicationBoard board = new ReplicationBoard(new MapListenerRegistry(), LIMITS);
        transfer.show(board);
        Fill fill = board.fills().get(resource.word());
        assertThat(fill.used()).isLessThanOrEqualTo(fill.max());
        return fill.used();
    }

    @Test
    void whoJoinsMeanwhileGetsAllAndTheOtherGoesOn() {
        putMany(500);
        configuration(set(A, B));
        deliver(10, b);

        TransferPlan plan = configuration(set(A, B, C));

        assertThat(plan.rest()).isEqualTo(set(B));
        assertThat(plan.whole()).isEqualTo(set(C));
        put("while", "both come");
        Command behind = command("while", "both come");
        b.keep(behind);
        c.keep(behind);
        TransferReceipt ofB = null;
        TransferReceipt ofC = null;
        while (!network.isEmpty()) {
            StatePack pack = network.remove();
            a.onPack(A, pack);
            b.onPack(A, pack);
            c.onPack(A, pack);
            TransferReceipt done = b.takeComplete();
            ofB = done == null ? ofB : done;
            done = c.takeComplete();
            ofC = done == null ? ofC : done;
        }
        assertThat(complete(ofB).extent()).isEqualTo(state.extent());
        assertThat(complete(ofC).extent()).isEqualTo(state.extent());
    }

    @Test
    void whatWasCutOffTwiceIsGoneOnWithTwice() {
        putMany(500);
        configuration(set(A, B));
        deliver(5, b);
        put("x", "1");
        configuration(set(A, B));
        deliver(5, b);
        put("x", "2");

        assertThat(configuration(set(A, B)).rest()).isEqualTo(set(B));
        assertThat(arrives(b)).isEqualTo(state.extent());
    }

    @Test
    void whoWasAwayWhileOthersGotMoreBeginsAgain() {
        putMany(500);
        configuration(set(A, B, C));
        deliver(5, b, c);
        deliver(3, b); // C did not get these: it was somewhere else

        TransferPlan plan = configuration(set(A, B, C));

        assertThat(plan.rest()).isEqualTo(set(B));
        assertThat(plan.whole()).isEqualTo(set(C));
    }

    @Test
    void nobodyWaitsForTheRestOfAStateWhoseFollowingCommandsAreForgotten() {
        putMany(500);
        configuration(set(A, B));
        deliver(5, b);
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 10; i++) {
            put("large", large);
        }

        TransferPlan plan = configuration(set(A, B));

        assertThat(plan.whole()).isEqualTo(set(B));
    }

    @Test
    void whatWasCalledMeanwhileIsAppliedLittleByLittleAndThatComesToAnEnd() {
        putMany(500);
        configuration(set(A, B));
        for (int i = 0; i < 100; i++) {
            callWhileItComes(i);
        }
        while (!b.isComplete()) {
            deliver(1, b);
        }

        int turns = 1;
        for (; !b.catchUp(component()); turns++) {
            callWhileItComes(turns); // one behind, and more than one is applied
        }

        assertThat(turns).isGreaterThan(10);
        assertThat(complete(b.takeComplete()).extent()).isEqualTo(state.extent());
    }

    private void callWhileItComes(int number) {
        put("meanwhile", "value " + number);
        b.keep(command("meanwhile", "value " + number));
    }

    /** REP-25: the last command is tentative there, since the source was on its way elsewhere by then. */
    @Test
    void whoHasDeliveredMoreThanTheSourceShowsNothingOlderAndGivesNothingUp() {
        Journal here = Journal.begin(kinds(), 7);
        putOnBoth(here);
        applyHere(here, "last");
        state.addTentative(command("key", "last"));
        request++;
        state.addTentative(command("key", "nobody has seen this"));

        TransferReceipt all = wholeStateFor(here);

        Journal complete = complete(all);
        assertThat(complete.chain()).isEqualTo(here.chain());
        assertThat(complete.extent().tentative()).isEqualTo(1);
        assertThat(complete.extent().end()).isEqualTo(state.extent().end());
        assertThat(all.discarded(kinds())).isNull();
    }

    /** What is agreed may be delivered here alone. */
    @Test
    void whoHasDeliveredSomethingElseThanTheSourceGivesItUp() {
        Journal here = Journal.begin(kinds(), 7);
        putOnBoth(here);
        applyHere(here, "of B alone");
        request++;
        state.addTentative(command("key", "of A alone"));

        TransferReceipt all = wholeStateFor(here);

        assertThat(complete(all).extent()).isEqualTo(state.extent());
        assertThat(requireNonNull(all.discarded(kinds())).position()).isEqualTo(here.position());
    }

    private void putOnBoth(Journal here) {
        for (int i = 0; i < 100; i++) {
            put("key", "value " + i);
            Answer unused = here.apply(command("key", "value " + i));
        }
    }

    private void applyHere(Journal here, String value) {
        request++;
        Answer unused = here.apply(command("key", value));
    }

    /** A sends its state to B, which holds this. */
    private TransferReceipt wholeStateFor(Journal here) {
        Standing source = StandingOf.at(StandingOf.valid(A, label(5), set(A, B), 0), state.extent());
        Exchange standings = new Exchange(set(A, B));
        standings.add(source);
        standings.add(StandingOf.at(StandingOf.valid(B, label(5), set(A, B), 0), here.extent()));
        TransferPlan plan = a.plan(state, standings, set(A, B), source);
        assertThat(plan.whole()).isEqualTo(set(B));
        b.await(source);
        b.onPlan(A, plan, here);
        a.send(state, plan);
        deliver(network.size(), b);
        return requireNonNull(b.takeComplete());
    }

    @Test
    void whoCannotTakeItInSaysWhatToDoInsteadOfRunningOutOfMemory() {
        putMany(5_000);
        configuration(set(A, B));

        assertThatThrownBy(() -> deliver(5_000, b))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("50000 bytes")
                .hasMessageContaining("-Xmx");
    }

    /** All come to a new configuration, and A sends what it plans. */
    private TransferPlan configuration(MemberSet members) {
        network.clear(); // what was under way is lost
        a.pause();
        b.pause();
        c.pause();
        Exchange standings = new Exchange(members);
        Standing own = StandingOf.at(StandingOf.valid(A, label(5), set(A), 0), state.extent());
        for (MemberId member : members) {
            standings.add(
                    member.equals(A)
                            ? own
                            : StandingOf.coming(StandingOf.blank(member, 0), (member.equals(B) ? b : c).progress()));
        }
        TransferPlan plan = a.plan(state, standings, members, own);
        for (Transfer each : List.of(b, c)) {
            each.await(own);
            assertThat(each.onPlan(A, plan, new Journal(kinds()))).isTrue();
        }
        a.send(state, plan);
        return plan;
    }

    private void deliver(int packs, Transfer... receivers) {
        for (int i = 0; i < packs; i++) {
            StatePack pack = network.remove();
            a.onPack(A, pack);
            for (Transfer receiver : receivers) {
                receiver.onPack(A, pack);
            }
        }
    }

    private Standing.Extent arrives(Transfer receiver) {
        TransferReceipt complete = null;
        while (complete == null) {
            deliver(1, receiver);
            complete = receiver.takeComplete();
        }
        return complete(complete).extent();
    }

    private static Journal complete(TransferReceipt receipt) {
        return requireNonNull(receipt, "nothing has come").complete(component());
    }

    private static Component component() {
        return new Component(label(6), set(A), 0, Establishment.of(set(A), Capabilities.NONE));
    }

    private void putMany(int count) {
        for (int i = 0; i < count; i++) {
            put("key " + i, "value " + i);
        }
    }

    private void put(String key, String value) {
        request++;
        Answer unused = state.apply(command(key, value));
    }

    private Command command(String key, String value) {
        byte[] body = MapCommand.of(
                MapCommand.Kind.PUT,
                Codec.strings().encode(key),
                Codec.strings().encode(value));
        return new Command(A, request, request - 1, Shelf.key(MAP), MAP, body);
    }

    private static Map<String, Supplier<Replica>> kinds() {
        Map<String, Supplier<Replica>> kinds = new TreeMap<>();
        kinds.put(MapReplica.KIND, () -> new MapReplica(new MapOperations(List.of())));
        return kinds;
    }
}
