package io.vsring.test.simulation;

import io.vsring.test.simulation.SimulatedCluster.Disk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does faults to a cluster, undoes those that have an end, and at last all of them. */
final class FaultMachine {
    private static final int KINDS = 1_000;
    private static final long FOR_EVER = Long.MAX_VALUE / 4;

    /** A fault that waits for its trigger. */
    private static final class Armed {
        private final Fault fault;
        private int left;

        Armed(Fault fault, Fault.Trigger trigger) {
            this.fault = fault;
            this.left = trigger.nth();
        }
    }

    private final SimulatedCluster cluster;
    private final long calmDelayNanos;
    private final List<Armed> armed = new ArrayList<>();
    private final boolean[] started;
    private final long[] crashedAt;
    private boolean healed;
    private long busyUntil;

    FaultMachine(SimulatedCluster cluster, long calmDelayNanos) {
        this.cluster = cluster;
        this.calmDelayNanos = calmDelayNanos;
        this.started = new boolean[cluster.shape().slots() + 1];
        this.crashedAt = new long[cluster.shape().slots() + 1];
        Arrays.fill(crashedAt, -FOR_EVER);
    }

    void begin(Fault fault) {
        if (healed) {
            return;
        }
        Fault.Trigger trigger = fault.trigger();
        if (trigger != null) {
            armed.add(new Armed(fault, trigger));
        } else {
            act(fault, fault.slot());
        }
    }

    void sprung(Moment moment, int slot) {
        if (healed || armed.isEmpty()) {
            return;
        }
        for (int index = armed.size() - 1; index >= 0; index--) {
            Armed waiting = armed.get(index);
            Fault.Trigger trigger = waiting.fault.trigger();
            if (trigger != null && trigger.moment() == moment && --waiting.left <= 0) {
                armed.remove(index);
                if (waiting.fault.kind() == Fault.Kind.CRASH && cluster.member(slot) != null) {
                    cluster.coverage().saw(Sometimes.CRASHED_AT_TRIGGER);
                }
                cluster.outside(() -> act(waiting.fault, slot));
            }
        }
    }

    private void act(Fault fault, int slot) {
        cluster.story().done(fault.toString());
        switch (fault.kind()) {
            case CRASH -> crash(slot, fault);
            case CRASH_ALL -> forAll(each -> crash(each, fault));
            case PAUSE -> pause(slot, fault);
            case PAUSE_ALL -> {
                cluster.coverage().saw(Sometimes.ALL_PAUSED);
                forAll(each -> pause(each, fault));
            }
            case SLOW -> {
                seen(Sometimes.SLOWED, slot, slot);
                cluster.slow(slot, fault.amount());
                later(fault, () -> cluster.slow(slot, 0));
            }
            case SLOW_HANDLER -> {
                seen(Sometimes.HANDLER_SLOWED, slot, slot);
                cluster.slowHandler(slot, fault.amount());
                later(fault, () -> cluster.slowHandler(slot, 0));
            }
            case BLOCK_HANDLER -> {
                seen(Sometimes.HANDLER_BLOCKED, slot, slot);
                busyUntil = Math.max(busyUntil, cluster.now() + fault.lengthNanos());
                cluster.blockHandler(slot, fault.lengthNanos() == 0 ? FOR_EVER : fault.lengthNanos());
            }
            case SMALL_BUFFER -> {
                cluster.receiveBuffer(slot, (int) fault.amount());
                later(fault, () -> cluster.receiveBuffer(slot, cluster.shape().receiveBufferBytes()));
            }
            case HOST_DEAD -> {
                cluster.network().split(1L << slot, ~(1L << slot));
                cluster.crash(slot);
            }
            case TWIN -> {
                cluster.crash(slot);
                cluster.startTwin(slot, (int) fault.amount());
            }
            case LEAVE -> leave(slot, fault);
            case KEYS -> changeKeys(slot, (int) fault.amount());
            case LEAVE_ALL -> {
                cluster.coverage().saw(Sometimes.ALL_LEFT);
                forAll(each -> leave(each, fault));
            }
            default -> link(fault, slot);
        }
    }

    private void changeKeys(int slot, int step) {
        SimulatedKeys keys = cluster.keys();
        if (keys != null) {
            if (slot == 0) {
                forAll(each -> keys.change(each, step));
            } else {
                keys.change(slot, step);
            }
        }
    }

    private void link(Fault fault, int slot) {
        SimulatedNetwork network = cluster.network();
        int other = (int) fault.amount();
        switch (fault.kind()) {
            case SPLIT -> {
                long first = fault.amount() & 0xFFFF_FFFFL;
                long second = fault.amount() >>> 32;
                split(fault, first, second, ~(first | second));
            }
            case PARTS -> {
                network.unblockAll();
                if (fault.amount() != 0) {
                    split(fault, fault.amount(), ~fault.amount());
                }
            }
            case ISOLATE -> split(fault, 1L << slot, ~(1L << slot));
            case ONE_WAY -> {
                seen(Sometimes.ONE_WAY, slot, other);
                network.block(slot, other);
                later(fault, () -> network.unblock(slot, other));
            }
            case NO_TRIANGLE -> {
                seen(Sometimes.LINK_CUT, slot, other);
                network.block(slot, other);
                network.block(other, slot);
                later(fault, () -> {
                    network.unblock(slot, other);
                    network.unblock(other, slot);
                });
            }
            case DEAF -> {
                seen(Sometimes.DEAF, slot, slot);
                Set<PacketKind> kinds = PacketKind.setOf(fault.amount());
                network.deafen(slot, kinds);
                later(fault, () -> network.undeafen(slot, kinds));
            }
            case MUTE -> {
                seen(Sometimes.MUTE, slot, slot);
                Set<PacketKind> kinds = PacketKind.setOf(fault.amount());
                network.mute(slot, kinds);
                later(fault, () -> network.unmute(slot, kinds));
            }
            case LOSE_KIND -> {
                PacketKind kind = PacketKind.at((int) (fault.amount() / KINDS));
                network.loseKind(kind, fault.amount() % KINDS == 0 ? 1 : fault.amount() % KINDS / (double) KINDS);
                later(fault, () -> network.loseKind(kind, 0));
            }
            default -> throw new IllegalStateException("no such fault of a link: " + fault);
        }
    }

    private void split(Fault fault, long... parts) {
        int inhabited = 0;
        for (long part : parts) {
            inhabited += cluster.living().stream().anyMatch(member -> (part >> member.slot() & 1) != 0) ? 1 : 0;
        }
        if (inhabited > 1) {
            cluster.coverage().saw(Sometimes.SPLIT);
        }
        cluster.network().split(parts);
        later(fault, () -> cluster.network().unsplit(parts));
    }

    /** Counts what concerns these two, if both are there. */
    private void seen(Sometimes what, int slot, int other) {
        if (cluster.member(slot) != null && cluster.member(other) != null) {
            cluster.coverage().saw(what);
        }
    }

    private void pause(int slot, Fault fault) {
        busyUntil = Math.max(busyUntil, cluster.now() + fault.lengthNanos());
        cluster.pause(slot, fault.lengthNanos());
    }

    private void crash(int slot, Fault fault) {
        if (cluster.crash(slot)) {
            crashedAt[slot] = cluster.now();
            Disk disk = fault.amount() == 1 ? Disk.LOST : Disk.KEPT;
            if (fault.lengthNanos() > 0) {
                at(fault.lengthNanos(), () -> restart(slot, disk));
            }
        }
    }

    private void leave(int slot, Fault fault) {
        cluster.leave(slot);
        if (fault.lengthNanos() > 0) {
            at(fault.lengthNanos(), () -> restart(slot, Disk.KEPT));
        }
    }

    /** Starts the slot if nothing runs in it. */
    void restart(int slot, Disk disk) {
        if (cluster.member(slot) == null) {
            if (started[slot]) {
                cluster.coverage()
                        .saw(disk == Disk.KEPT ? Sometimes.RESTARTED_WITH_DISK : Sometimes.RESTARTED_WITHOUT_DISK);
                if (cluster.now() - crashedAt[slot] < cluster.shape().tokenLossNanos()) {
                    cluster.coverage().saw(Sometimes.RESTARTED_WITHIN_TOKEN_LOSS);
                }
            }
            started[slot] = true;
            cluster.start(slot, disk);
        }
    }

    private interface ToSlot {
        void act(int slot);
    }

    private void forAll(ToSlot action) {
        for (int slot = 1; slot <= cluster.shape().slots(); slot++) {
            action.act(slot);
        }
    }

    private void later(Fault fault, Runnable end) {
        if (fault.lengthNanos() > 0) {
            at(fault.lengthNanos(), () -> {
                if (!healed) {
                    end.run();
                }
            });
        }
    }

    private void at(long delayNanos, Runnable action) {
        busyUntil = Math.max(busyUntil, cluster.now() + delayNanos);
        cluster.queue().at(cluster.now() + delayNanos, what -> cluster.outside(action), null);
    }

    /** Good links, fast members, nothing armed; who is down and was to come back later does so by itself. */
    void healAll() {
        healed = true;
        armed.clear();
        cluster.network().heal(calmDelayNanos);
        changeKeys(0, SimulatedKeys.LAST_STEP);
        for (int slot = 1; slot <= cluster.shape().slots(); slot++) {
            heal(cluster.member(slot), slot);
        }
    }

    private void heal(@Nullable SimulatedMember member, int slot) {
        if (member != null) {
            cluster.slow(slot, 0);
            cluster.slowHandler(slot, 0);
            cluster.receiveBuffer(slot, cluster.shape().receiveBufferBytes());
        }
    }

    /** A fault that stays although all is healed. */
    void last(Fault fault) {
        act(fault, fault.slot());
    }

    /** The end of a fault that stayed. */
    void endOf(Fault fault) {
        int slot = fault.slot();
        cluster.story().done("heal " + fault.kind() + " slot=" + slot);
        cluster.network().heal(calmDelayNanos);
        cluster.unblockHandler(slot);
        if (fault.kind() == Fault.Kind.TWIN) {
            cluster.crash(slot);
        }
        if (cluster.member(slot) == null) {
            cluster.start(slot, Disk.KEPT);
        }
    }

    /** When the last member that was stopped or taken down for a while is back. */
    long busyUntil() {
        return busyUntil;
    }
}
