package io.vsring.test.simulation;

import io.vsring.test.simulation.Fault.Kind;
import io.vsring.test.simulation.Fault.Trigger;
import io.vsring.test.simulation.Operation.Mix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a schedule out of a seed: of all kinds of trouble about half, each in its own measure (swarm testing, Groce et
 * al., 2012). With all of them always on, each hides what the others would show.
 */
public final class Swarm {
    private static final long MICRO = 1_000;
    private static final int FRAME_OVERHEAD_BYTES = 260;
    private static final int FLOOD_MESSAGE_BYTES = 700;
    private static final int FLOOD_MESSAGES = 1_500;
    private static final int LANE_FRAMES_OF_FLOOD = 4_096;
    private static final int[] SLOTS = {1, 2, 3, 5, 7};
    private static final List<Integer> TOKEN_LOSS_MILLIS = List.of(100, 200, 400, 800);
    private static final List<Integer> FRAME_BYTES = List.of(512, 600, 1_400, 1_400, 9_000);
    private static final List<Integer> WINDOW_FRAMES = List.of(8, 20, 80, 80, 200);
    private static final List<Integer> LANE_FRAMES = List.of(64, 512, 4_096);
    private static final List<Integer> BUFFER_BYTES = List.of(256 << 10, 1 << 20, 4 << 20);
    private static final List<Moment> MOMENTS = List.of(
            Moment.COMMIT_SENT,
            Moment.COMMIT_ENTERED,
            Moment.RECOVERY_ENTERED,
            Moment.RECOVERY_SENT,
            Moment.OPERATIONAL_ENTERED,
            Moment.GATHER_ENTERED,
            Moment.PERSISTED,
            Moment.JOIN_SENT,
            Moment.TOKEN_SENT,
            Moment.DATA_SENT,
            Moment.PROBE_SENT);

    private final Seed seed;
    private final Dice dice;
    private final ClusterShape shape;
    private final long tokenLoss;
    private final long chaos;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    private Swarm(Seed seed) {
        this.seed = seed;
        this.dice = seed.stream("swarm");
        int window = dice.oneOf(WINDOW_FRAMES);
        ClusterShape narrow = new ClusterShape(
                SLOTS[dice.weighted(5, 10, 30, 40, 15)],
                dice.oneOf(TOKEN_LOSS_MILLIS),
                dice.oneOf(FRAME_BYTES),
                window,
                Math.min(window, dice.between(1, 20)),
                accelerated(seed.stream("accelerated")),
                dice.oneOf(LANE_FRAMES),
                dice.oneOf(BUFFER_BYTES));
        this.shape = seed.stream("windows").chance(0.2) ? narrow.withDefaultWindows() : narrow;
        this.tokenLoss = shape.tokenLossNanos();
        this.chaos = (long) (tokenLoss * dice.spread(8, 30));
    }

    /** Half of the rings send nothing behind the token, the others little or all of it. */
    private static int accelerated(Dice dice) {
        return dice.chance(0.5) ? 0 : dice.between(1, 20);
    }

    /** The schedule of this seed. */
    public static Schedule schedule(Seed seed) {
        return new Swarm(seed).schedule();
    }

    private boolean isOn() {
        return dice.chance(0.5);
    }

    private Schedule schedule() {
        Weather weather = weather();
        List<Long> starts = new ArrayList<>();
        boolean staggered = isOn();
        for (int slot = 1; slot <= shape.slots(); slot++) {
            starts.add(staggered ? dice.between(0, 3 * tokenLoss) : 0L);
        }
        processes();
        pauses();
        slowness();
        links();
        kinds();
        triggered();
        gaps();
        flood();
        faults.sort(Comparator.comparingLong(Fault::atNanos));
        return new Schedule(
                seed, shape, weather, starts, chaos, faults, operations(weather.profile()), lasting(), Schedule.PLAIN);
    }

    private Weather weather() {
        long delay = (long) dice.spread(50 * MICRO, tokenLoss / 160.0);
        LinkProfile profile = new LinkProfile(
                delay,
                isOn() ? (long) (delay * dice.spread(0.1, 10)) : delay / 20,
                isOn() ? dice.spread(0.001, 0.3) : 0,
                isOn() ? dice.spread(0.000_1, 0.01) : 0,
                isOn() ? dice.spread(0.001, 0.3) : 0,
                isOn() ? dice.spread(0.001, 0.5) : 0,
                isOn() ? dice.spread(0.000_1, 0.05) : 0);
        return new Weather(
                profile,
                isOn() ? dice.spread(0.001, 0.3) : 0,
                isOn() ? dice.spread(0.001, 0.05) : 0,
                isOn() ? dice.spread(0.01, 0.3) : 0,
                isOn() ? dice.spread(0.001, 0.1) : 0);
    }

    private void processes() {
        if (isOn()) {
            some(4, () -> add(Kind.CRASH, slot(), dice.below(2), downTime()));
        }
        if (isOn()) {
            some(2, () -> add(Kind.LEAVE, slot(), 0, downTime()));
        }
        if (dice.chance(0.15)) {
            add(Kind.CRASH_ALL, 0, dice.below(2), downTime());
        }
        if (dice.chance(0.1)) {
            add(Kind.LEAVE_ALL, 0, 0, downTime());
        }
        if (dice.chance(0.15)) { // the same one over and over
            int victim = isOn() ? 1 : slot();
            some(5, () -> add(Kind.CRASH, victim, 0, (long) dice.spread(tokenLoss / 100.0, (double) tokenLoss)));
        }
    }

    private long downTime() {
        return dice.chance(0.2) ? 0 : 1 + (long) (tokenLoss * (isOn() ? dice.unit() / 4 : 3 * dice.unit()));
    }

    private void pauses() {
        if (isOn()) {
            some(4, () -> add(Kind.PAUSE, slot(), 0, pauseTime()));
        }
        if (dice.chance(0.2)) {
            add(Kind.PAUSE_ALL, 0, 0, pauseTime());
        }
    }

    private long pauseTime() {
        return (long) (tokenLoss * dice.spread(0.4, dice.chance(0.2) ? 20 : 3));
    }

    private void slowness() {
        if (isOn()) {
            add(Kind.SLOW, slot(), (long) dice.spread(10 * MICRO, 2_000 * MICRO), someTime());
        }
        if (isOn()) {
            add(Kind.SLOW_HANDLER, slot(), (long) dice.spread(100 * MICRO, tokenLoss / 4.0), someTime());
        }
        if (dice.chance(0.3)) {
            long time = dice.between(0, chaos / 2);
            faults.add(new Fault(time, Kind.BLOCK_HANDLER, slot(), 0, (long) (tokenLoss * dice.spread(1, 12)), null));
            traffic(time, tokenLoss);
        }
        if (isOn()) {
            add(Kind.SMALL_BUFFER, slot(), (long) dice.spread(2_000, 100_000), someTime());
        }
    }

    private void links() {
        if (isOn()) {
            some(3, () -> add(Kind.SPLIT, 0, parts(), someTime()));
        }
        if (isOn()) {
            some(3, () -> add(Kind.ISOLATE, slot(), 0, someTime()));
        }
        if (isOn()) {
            some(3, () -> between(Kind.ONE_WAY));
        }
        if (isOn()) {
            some(2, () -> between(Kind.NO_TRIANGLE));
        }
        if (dice.chance(0.15)) { // a link that comes and goes in the rhythm of a timer
            long period = (long) (tokenLoss * dice.spread(0.2, 1.5));
            int victim = slot();
            for (long time = dice.between(0, chaos / 2); time < chaos; time += 2 * period) {
                faults.add(new Fault(time, Kind.ISOLATE, victim, 0, period, null));
            }
        }
    }

    private void between(Kind kind) {
        int slots = shape.slots();
        if (slots > 1) {
            int slot = slot();
            add(kind, slot, 1 + (slot - 1 + dice.between(1, slots - 1)) % slots, someTime());
        }
    }

    private long parts() {
        long one = 0;
        long other = 0;
        boolean three = isOn();
        for (int slot = 1; slot <= shape.slots(); slot++) {
            int part = dice.below(three ? 3 : 2);
            one |= part == 0 ? 1L << slot : 0;
            other |= part == 1 && three ? 1L << slot : 0;
        }
        return one | other << 32;
    }

    private void kinds() {
        if (isOn()) {
            some(3, () -> add(Kind.DEAF, slot(), 1L << someKind().place(), someTime()));
        }
        if (dice.chance(0.15)) { // tokens reach it, but no data
            long data = bits(PacketKind.DATA, PacketKind.RECOVERY);
            long time = dice.between(0, chaos / 2);
            faults.add(new Fault(time, Kind.DEAF, slot(), data, (long) (tokenLoss * dice.spread(5, 25)), null));
            traffic(time, tokenLoss / 10);
        }
        if (isOn()) {
            some(2, () -> add(Kind.LOSE_KIND, 0, someKind().place() * 1_000L + permille(), someTime()));
        }
    }

    private PacketKind someKind() {
        return PacketKind.at(dice.below(PacketKind.OTHER.place()));
    }

    private long permille() {
        return isOn() ? 1_000 : (long) dice.spread(20, 900);
    }

    /** Faults at the moments that matter: chance alone hits them hardly ever. */
    private void triggered() {
        if (isOn()) {
            some(5, () -> {
                Trigger trigger = new Trigger(dice.oneOf(MOMENTS), 1 + (int) dice.spread(1, 12));
                switch (dice.weighted(6, 2, 2, 2)) {
                    case 0 -> add(Kind.CRASH, 0, dice.below(2), downTime(), trigger);
                    case 1 -> add(Kind.PAUSE, 0, 0, pauseTime(), trigger);
                    case 2 -> add(Kind.ISOLATE, 0, 0, someTime(), trigger);
                    default -> add(Kind.SPLIT, 0, parts(), someTime(), trigger);
                }
            });
        }
    }

    /**
     * What somebody numbers in the midst of traffic is lost for all others, and it dies: a gap that nobody can fill.
     * Soon after, while the others recover, one of them is cut off, perhaps just when it alone has installed the new
     * ring.
     */
    private void gaps() {
        if (shape.slots() < 3 || !dice.chance(0.35)) {
            return;
        }
        some(3, () -> {
            long time = dice.between(0, chaos);
            long length = dice.between(tokenLoss / 200, tokenLoss / 8);
            int victim = slot();
            faults.add(new Fault(time, Kind.MUTE, victim, 1L << PacketKind.DATA.place(), 2 * length, null));
            faults.add(new Fault(time + length, Kind.CRASH, victim, 0, downTime(), null));
            for (int slot = 1; slot <= shape.slots(); slot++) {
                operations.add(new Operation(time, slot, dice.between(1, 30), dice.between(1, 400), Mix.BOTH));
                operations.add(
                        new Operation(time + length / 2, slot, dice.between(1, 30), dice.between(1, 400), Mix.BOTH));
            }
            if (isOn()) {
                int nth = dice.between(1, 12 * shape.slots());
                Trigger trigger = new Trigger(isOn() ? Moment.TOKEN_SENT : Moment.RECOVERY_SENT, nth);
                faults.add(new Fault(time + length, Kind.ISOLATE, 0, 0, someTime(), trigger));
            }
        });
    }

    /** Everybody has much to say. */
    private void traffic(long time, long gap) {
        for (int slot = 1; slot <= shape.slots(); slot++) {
            operations.add(new Operation(time, slot, dice.between(1, 60), dice.between(100, 1_000), Mix.BOTH));
            operations.add(new Operation(time + gap, slot, dice.between(1, 60), dice.between(100, 1_000), Mix.BOTH));
        }
    }

    /** In a fifth of the schedules one member does not get well with the others. */
    private @Nullable Fault lasting() {
        Dice own = seed.stream("lasting");
        int slots = shape.slots();
        if (slots == 1 || !own.chance(0.2)) {
            return null;
        }
        int slot = own.between(1, slots);
        int other = 1 + (slot - 1 + own.between(1, slots - 1)) % slots;
        return switch (own.below(9)) {
            case 0 -> lasting(Kind.DEAF, slot, -1);
            case 1 -> lasting(Kind.BLOCK_HANDLER, slot, 0);
            case 2 -> lasting(Kind.HOST_DEAD, slot, 0);
            case 3 -> lasting(Kind.TWIN, slot, other);
            case 4 -> lasting(Kind.DEAF, slot, bits(PacketKind.DATA, PacketKind.RECOVERY));
            case 5 -> lasting(Kind.DEAF, slot, bits(PacketKind.TOKEN));
            case 6 -> lasting(Kind.DEAF, slot, bits(PacketKind.COMMIT));
            case 7 -> lasting(Kind.ONE_WAY, slot, other);
            default -> lasting(Kind.NO_TRIANGLE, slot, other);
        };
    }

    private static long bits(PacketKind... kinds) {
        return Arrays.stream(kinds).mapToLong(kind -> 1L << kind.place()).sum();
    }

    private Fault lasting(Kind kind, int slot, long amount) {
        return new Fault(chaos, kind, slot, amount, 0, null);
    }

    /** So much for a member without data that the ring comes to the limit of what may be outstanding. [FLOW-2] */
    private void flood() {
        Dice own = seed.stream("flood");
        if (shape.slots() < 3 || shape.laneFrames() < LANE_FRAMES_OF_FLOOD || !own.chance(0.2)) {
            return; // with smaller lanes the limit of the slowest application comes first
        }
        long time = own.between(2 * tokenLoss, chaos / 2);
        long data = bits(PacketKind.DATA, PacketKind.RECOVERY);
        int deaf = own.between(1, shape.slots());
        faults.add(new Fault(time, Kind.DEAF, deaf, data, (long) (tokenLoss * own.spread(5, 25)), null));
        int bytes = Math.min(shape.frameBytes() - FRAME_OVERHEAD_BYTES, FLOOD_MESSAGE_BYTES);
        for (int slot = 1; slot <= shape.slots(); slot++) {
            operations.add(new Operation(time, slot, FLOOD_MESSAGES, bytes, Mix.AGREED));
        }
    }

    private long someTime() {
        return 1 + (long) (tokenLoss * dice.spread(0.1, 6));
    }

    private int slot() {
        return dice.between(1, shape.slots());
    }

    private void some(int most, Runnable one) {
        for (int count = dice.between(1, most); count > 0; count--) {
            one.run();
        }
    }

    private void add(Kind kind, int slot, long amount, long length) {
        add(kind, slot, amount, length, null);
    }

    private void add(Kind kind, int slot, long amount, long length, @Nullable Trigger trigger) {
        faults.add(new Fault(dice.between(0, chaos), kind, slot, amount, length, trigger));
    }

    private List<Operation> operations(LinkProfile profile) {
        Mix mix = Mix.values()[dice.below(3)];
        int bursts = dice.between(10, 40);
        int wished = dice.chance(0.1) ? 1_000_000 : dice.chance(0.3) ? 60_000 : 3_000;
        int largest = (int) Math.min(wished, largestOf(profile));
        for (int burst = 0; burst < bursts; burst++) {
            int bytes = bytes(largest);
            int count = 1 + (int) dice.spread(1, bytes > 20_000 ? 3 : 30);
            operations.add(new Operation(dice.between(0, chaos), slot(), count, bytes, mix));
        }
        operations.sort(Comparator.comparingLong(Operation::atNanos));
        return operations;
    }

    /** What takes no longer than a small part of the time between two changes: a cut message begins anew. [ORD-8] */
    private long largestOf(LinkProfile profile) {
        long rotation = shape.slots() * (profile.delayNanos() + profile.jitterNanos());
        long visits = shape.backoffMaxNanos() / 16 / rotation;
        return Math.max(1, visits * shape.visitFrames() * (shape.frameBytes() - FRAME_OVERHEAD_BYTES));
    }

    private int bytes(int largest) {
        return switch (dice.below(4)) {
            case 0 -> dice.below(64);
            case 1 -> Math.max(0, shape.frameBytes() * dice.between(1, 3) - dice.below(FRAME_OVERHEAD_BYTES));
            case 2 -> (int) dice.spread(1, largest);
            default -> dice.between(1, 500);
        };
    }
}
