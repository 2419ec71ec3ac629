package io.vsring.test.campaign;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Injures members on one host. Their state is in memory, so only one is ended at a time, and the next one only when all
 * are primary again; any may be stopped at any time.
 */
final class Injurer {

    private static final int DOWN_MILLIS_MIN = 100;
    private static final int DOWN_MILLIS_MAX = 5_000;
    private static final int STOP_MILLIS_MIN = 100;
    private static final int STOP_MILLIS_MAX = 8_000;
    private static final int PAUSE_MILLIS_MAX = 4_000;

    private final List<MemberSlot> members;
    private final Recovery recovery;
    private final CampaignTally tally;
    private final Set<FaultKind> kinds;

    Injurer(List<MemberSlot> members, Recovery recovery, CampaignTally tally, Set<FaultKind> kinds) {
        this.members = members;
        this.recovery = recovery;
        this.tally = tally;
        this.kinds = kinds;
    }

    /**
     * Ends members and starts them again until the time is over; then all are primary.
     *
     * @throws IllegalStateException if a member does not become primary again
     */
    @Nullable
    Void endAndStart(Random dice, long deadlineNanos) throws InterruptedException {
        List<FaultKind> ends = kinds.stream()
                .filter(kind -> kind.family() == FaultKind.Family.ENDING)
                .sorted()
                .toList();
        for (int round = 0; System.nanoTime() - deadlineNanos < 0 && !ends.isEmpty(); round++) {
            Thread.sleep(dice.nextInt(PAUSE_MILLIS_MAX));
            MemberSlot member = members.get(dice.nextInt(members.size()));
            FaultKind kind = ends.get(round % ends.size());
            tally.fault(kind.name());
            if (kind == FaultKind.KILL) {
                member.kill();
            } else {
                Integer status = member.leave();
                if (status != null && status == MemberSlot.KILLED) {
                    tally.fault("LEAVE that had to be killed");
                }
            }
            Thread.sleep(dice.nextInt(DOWN_MILLIS_MIN, DOWN_MILLIS_MAX));
            member.start();
            tally.fault("start");
            recovery.await(members);
        }
        return null;
    }

    /**
     * Replaces the key of all again and again until the time is over.
     *
     * @throws IllegalStateException if members do not take it
     */
    @Nullable
    Void rotateKeys(Supplier<KeyRotation> rotations, long deadlineNanos) throws InterruptedException {
        while (kinds.contains(FaultKind.ROTATE_KEYS) && System.nanoTime() - deadlineNanos < 0) {
            Thread.sleep(PAUSE_MILLIS_MAX);
            KeyRotation rotation = rotations.get();
            rotation.begin();
            rotation.end();
            if (!rotation.proof().happened()) {
                throw new IllegalStateException(
                        rotation + ": " + rotation.proof().shows());
            }
            tally.fault(FaultKind.ROTATE_KEYS.name());
        }
        return null;
    }

    /** Stops members and lets them go on until the time is over. */
    @Nullable
    Void stopAndGoOn(Random dice, long deadlineNanos) throws InterruptedException {
        while (kinds.contains(FaultKind.STOP) && System.nanoTime() - deadlineNanos < 0) {
            Thread.sleep(dice.nextInt(PAUSE_MILLIS_MAX));
            MemberSlot.Stopped stopped =
                    members.get(dice.nextInt(members.size())).stop();
            if (stopped != null) {
                tally.fault(FaultKind.STOP.name());
                try {
                    Thread.sleep(dice.nextInt(STOP_MILLIS_MIN, STOP_MILLIS_MAX));
                } finally {
                    stopped.goOn();
                }
            }
        }
        return null;
    }
}
