package io.vsring.test.simulation;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a ring of so many members costs, on virtual time: each member has a processor of its own, and the network is the
 * same for all sizes. All figures follow from the model, not from this machine.
 *
 * @param members how many
 * @param formMillis from the start of all at once until all are on one ring
 * @param wakeMicros from the offer of a message on a silent ring to its own delivery, median; each time of another
 *     member
 * @param agreedMicros the same where one message follows the other
 * @param safeMicros the same, safe
 * @param rotationMicros one rotation while all send as much as they may
 * @param messagesPerSecond of 1 KiB, that each member is given then
 * @param silenceMillis for how long the first one, which has something to say all the time, is given nothing when the
 *     last one dies
 */
public record Growth(
        int members,
        double formMillis,
        double wakeMicros,
        double agreedMicros,
        double safeMicros,
        double rotationMicros,
        double messagesPerSecond,
        double silenceMillis) {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final int MESSAGE_BYTES = 1024;
    private static final int SMALL_BYTES = 64;
    private static final int WAKES = 20;
    private static final int IN_TURN = 200;

    /**
     * The network, and the processor of a member.
     *
     * @param delayNanos from one member to another: link, system and wake-up
     * @param sendNanos what each datagram costs its sender for each receiver; with frames of 1,400 bytes 1.1 us are a
     *     link of 10 Gbit/s
     * @param receiveNanos what each datagram and each task costs a member
     */
    public record Model(long delayNanos, long sendNanos, long receiveNanos) {

        /** About what three members on this kind of machine show, if each had a processor of its own. */
        public static Model lan() {
            return new Model(25_000, 1_300, 1_300);
        }
    }

    /** Measures a ring of so many members, 2 to 64. Takes seconds for large ones. */
    public static Growth of(int members, Model model) {
        return new Course(members, model).run();
    }

    /** One ring, from its first start to the death of a member. */
    private static final class Course implements Application {

        private final int size;
        private final SimulatedCluster cluster;
        private Guarantee guarantee = Guarantee.AGREED;
        private int inTurn;
        private long offeredAt;
        private final long[] took = new long[IN_TURN];
        private boolean flooded;
        private long lastAtFirst;
        private long silence;
        private long deliveredAtFirst;
        private long configuredAt;

        Course(int size, Model model) {
            this.size = size;
            this.cluster = new SimulatedCluster(new Seed(size), ClusterShape.of(size));
            cluster.run(this);
            cluster.network().all(LinkProfile.calm(model.delayNanos()));
            cluster.network().sendingCosts(model.sendNanos());
            cluster.startAll();
            for (int slot = 1; slot <= size; slot++) {
                cluster.slow(slot, model.receiveNanos());
                cluster.slowHandler(slot, model.receiveNanos());
            }
        }

        Growth run() {
            settle();
            long formed = configuredAt;
            double wake = wake();
            double agreed = oneAfterTheOther(Guarantee.AGREED);
            double safe = oneAfterTheOther(Guarantee.SAFE);
            flood();
            long visits = visits();
            long delivered = deliveredAtFirst;
            long window = 100 * MILLI;
            cluster.runFor(window);
            double rotation = window / 1e3 / Math.max(1, visits() - visits);
            double rate = (deliveredAtFirst - delivered) * 1e9 / window;
            double silent = death();
            settle();
            cluster.requireSound();
            return new Growth(size, formed / 1e6, wake, agreed, safe, rotation, rate, silent);
        }

        private void settle() {
            if (!cluster.runUntil(cluster::isSettled, 60 * SECOND)) {
                throw new IllegalStateException(size + " members did not settle in a minute: " + cluster.violation());
            }
        }

        /** Each time another member has something to say: who spoke last has the token [DEV-17]. */
        private double wake() {
            long[] wakes = new long[WAKES];
            for (int wake = 0; wake < WAKES; wake++) {
                cluster.runFor(SECOND);
                inTurn = 1;
                offer(member(1 + wake % size));
                settle();
                wakes[wake] = took[0];
            }
            System.arraycopy(wakes, 0, took, 0, WAKES);
            return median(WAKES);
        }

        private double oneAfterTheOther(Guarantee asked) {
            guarantee = asked;
            inTurn = IN_TURN;
            offer(member(1 + size / 2));
            settle();
            return median(IN_TURN);
        }

        private double median(int count) {
            long[] sorted = Arrays.copyOf(took, count);
            Arrays.sort(sorted);
            return sorted[count / 2] / 1e3;
        }

        private void offer(SimulatedMember member) {
            offeredAt = cluster.now();
            if (!member.offer(SMALL_BYTES, guarantee)) {
                throw new IllegalStateException("an idle member has room for a message");
            }
        }

        private void flood() {
            flooded = true;
            guarantee = Guarantee.AGREED;
            int window = cluster.shape().windowFrames();
            for (SimulatedMember member : cluster.living()) {
                for (int i = 0; i < 2 * window / size + 32; i++) {
                    member.offer(MESSAGE_BYTES, Guarantee.AGREED);
                }
            }
            cluster.runFor(50 * MILLI);
        }

        /** Meanwhile the first one has something to say all the time. */
        private double death() {
            flooded = false;
            settle();
            inTurn = Integer.MAX_VALUE;
            offer(member(1));
            cluster.runFor(100 * MILLI);
            silence = 0;
            cluster.crash(size);
            cluster.runFor(2 * SECOND);
            inTurn = 0;
            return silence / 1e6;
        }

        private long visits() {
            return member(1).protocol().counters().tokenVisits();
        }

        private SimulatedMember member(int slot) {
            return Objects.requireNonNull(cluster.member(slot));
        }

        @Override
        public void onConfigurationChange(SimulatedMember member, ConfigurationChange change) {
            configuredAt = cluster.now();
        }

        @Override
        public void onMessage(SimulatedMember member, Delivery delivery) {
            boolean own = delivery.sender().equals(member.id());
            if (member.slot() == 1) {
                deliveredAtFirst++;
                silence = Math.max(silence, cluster.now() - lastAtFirst);
                lastAtFirst = cluster.now();
            }
            if (own && flooded) {
                member.offer(MESSAGE_BYTES, Guarantee.AGREED);
            } else if (own && inTurn > 0) {
                inTurn--;
                took[inTurn % IN_TURN] = cluster.now() - offeredAt;
                if (inTurn > 0) {
                    offer(member);
                }
            }
        }
    }
}
