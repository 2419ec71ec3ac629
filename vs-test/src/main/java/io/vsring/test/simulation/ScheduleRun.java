package io.vsring.test.simulation;

import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.test.simulation.SimulatedCluster.Disk;
import org.jspecify.annotations.Nullable;

/**
 * Runs a schedule: first its chaos, then everything is healed and the cluster has to come to rest in time.
 *
 * <p>At rest all that live are together, all that was accepted by the living has been delivered, another message of
 * each kind from each member gets through at once, and then nothing moves any more but the token.
 */
public final class ScheduleRun implements Application, CoverageWatch.Trap {
    private static final int ECHOES_MAX = 300;
    private static final int ECHO_BYTES_MAX = 600;
    private static final int STABLE_TOKEN_LOSSES = 20;
    private static final int HOLDS_PER_TOKEN_LOSS = 4;

    private final Schedule schedule;
    private final SimulatedCluster cluster;
    private final FaultMachine faults;
    private final Dice dice;
    private final @Nullable ObjectClients objects;
    private final long[] moments = new long[Moment.values().length];
    private boolean healed;
    private int echoes;
    private int offered;
    private long changes;

    public ScheduleRun(Schedule schedule) {
        this(schedule, Story.UNTOLD, false);
    }

    /**
     * A run that is told while it happens.
     *
     * @param withObjects whether the members have replicated objects, and clients of these
     */
    public ScheduleRun(Schedule schedule, Story story, boolean withObjects) {
        this.schedule = schedule;
        this.cluster = new SimulatedCluster(schedule.seed(), schedule.shape());
        this.faults = new FaultMachine(cluster, schedule.weather().profile().delayNanos());
        this.dice = schedule.seed().stream("application");
        this.objects = withObjects
                ? new ObjectClients(
                        cluster,
                        schedule.seed().stream("objects"),
                        schedule.shape().tokenLossNanos() / 10)
                : null;
        if (objects != null) {
            cluster.withObjects(objects);
        }
        if (schedule.isSealed()) {
            cluster.withKeys(new SimulatedKeys(cluster));
            cluster.network().forge(new Intruder(cluster, schedule.seed().stream("forger"), schedule.forgery()));
        }
        cluster.tell(story);
        cluster.run(this);
        cluster.watch().set(this);
    }

    /** Runs it to its end, or to the first violation. */
    public RunResult run() {
        plan();
        cluster.runFor(schedule.chaosNanos());
        if (cluster.violation() == null) {
            heal();
            allButOne();
            objectsComeToRest();
            comeToRest();
            changes = cluster.coverage().count(Sometimes.CONFIGURATION_AFTER_FORMATION);
        }
        if (cluster.violation() == null) {
            long delay = schedule.weather().profile().delayNanos();
            new CalmChange(cluster, delay, this::stuck).happen();
        }
        if (objects != null) {
            objects.mapsAndCounters().judge();
        }
        cluster.end();
        cluster.countReasons();
        CoverageOfHistory.add(cluster.history(), cluster.coverage());
        return new RunResult(
                schedule,
                cluster.violation(),
                cluster.steps(),
                cluster.history().members().stream()
                        .mapToLong(member -> member.submitted())
                        .sum(),
                changes,
                cluster.hash(),
                cluster.coverage());
    }

    private void plan() {
        Weather weather = schedule.weather();
        cluster.network().all(weather.profile());
        cluster.network().replay(weather.replay());
        cluster.network().redirect(weather.redirect());
        EventQueue queue = cluster.queue();
        for (int slot = 1; slot <= schedule.shape().slots(); slot++) {
            int starting = slot;
            queue.at(
                    schedule.starts().get(slot - 1),
                    what -> cluster.outside(() -> faults.restart(starting, Disk.KEPT)),
                    null);
        }
        for (Fault fault : schedule.faults()) {
            queue.at(fault.atNanos(), what -> cluster.outside(() -> faults.begin(fault)), null);
        }
        for (Operation operation : schedule.operations()) {
            queue.at(operation.atNanos(), what -> offer(operation), null);
        }
    }

    private void offer(Operation operation) {
        SimulatedMember member = cluster.member(operation.slot());
        for (int index = 0; index < operation.count() && member != null; index++) {
            offered++;
            boolean safe = operation.mix() == Operation.Mix.SAFE
                    || (operation.mix() == Operation.Mix.BOTH && offered % 2 == 0);
            member.offer(operation.bytes(), safe ? Guarantee.SAFE : Guarantee.AGREED);
        }
    }

    @Override
    public void onMessage(SimulatedMember member, Delivery delivery) {
        if (healed) {
            return;
        }
        if (echoes < ECHOES_MAX && dice.chance(schedule.weather().echo())) {
            echoes++;
            cluster.coverage().saw(Sometimes.SUBMITTED_DURING_DELIVERY);
            member.offer(dice.below(ECHO_BYTES_MAX), dice.chance(0.5) ? Guarantee.SAFE : Guarantee.AGREED);
        }
        if (dice.chance(schedule.weather().trip())) {
            cluster.coverage().saw(Sometimes.HANDLER_THREW);
            throw new IllegalStateException("the application of " + member + " stumbles, as the schedule asks for");
        }
    }

    @Override
    public void sprung(Moment moment, int slot) {
        moments[moment.ordinal()]++;
        faults.sprung(moment, slot);
    }

    private void heal() {
        healed = true;
        cluster.story().done("heal everything");
        faults.healAll();
    }

    private void allButOne() {
        Fault lasting = schedule.lasting();
        long busy = Math.max(0, faults.busyUntil() - cluster.now());
        if (lasting != null) {
            new AllButOne(cluster, faults, lasting, schedule.weather().profile().delayNanos(), this::stuck)
                    .happen(busy);
        } else {
            // Who just woke up may not know yet how long it slept.
            cluster.runFor(busy + 2 * schedule.shape().tokenLossNanos());
        }
    }

    /** All calls are answered, and all that live have one state, if nobody is missing who might be needed. */
    private void objectsComeToRest() {
        if (objects == null) {
            return;
        }
        objects.rest();
        boolean all = cluster.living().size() == schedule.shape().slots();
        long bound = 2 * schedule.shape().progressBoundNanos();
        boolean settled = cluster.runUntil(() -> cluster.isSettled() && objects.isSettled(), all ? bound : bound / 8);
        // Who was on its way out may have left meanwhile.
        if (!settled && cluster.living().size() == schedule.shape().slots()) {
            stuck(
                    "R7",
                    "the replicated objects have not come to rest " + bound / 1_000_000
                            + " ms after the last fault, and nobody is missing" + objects.text());
        }
    }

    private void comeToRest() {
        ClusterShape shape = schedule.shape();
        long bound = shape.progressBoundNanos();
        if (!cluster.runUntil(cluster::isSettled, bound)) {
            stuck("P1", "the cluster has not come to rest " + bound / 1_000_000 + " ms after the last fault");
            return;
        }
        for (SimulatedMember member : cluster.living()) {
            member.offer(10, Guarantee.AGREED);
            member.offer(10, Guarantee.SAFE);
        }
        long before = configurations();
        if (!cluster.runUntil(cluster::isSettled, 5 * shape.tokenLossNanos())) {
            stuck("SF5", "a message to a ring at rest has not been delivered within five times the token-loss time");
            return;
        }
        cluster.runFor(STABLE_TOKEN_LOSSES / 2 * shape.tokenLossNanos());
        long frames = frames();
        long tokens = count(Moment.TOKEN_SENT);
        cluster.runFor(STABLE_TOKEN_LOSSES / 2 * shape.tokenLossNanos());
        if (configurations() != before || !cluster.isSettled()) {
            stuck("P2", "the configuration changed again although nothing was wrong any more");
        } else if (frames() != frames) {
            stuck("P3", frames() - frames + " frames were sent on a silent ring that had everything");
        } else if (count(Moment.TOKEN_SENT) - tokens > tokensOfSilence()) {
            stuck("P4", count(Moment.TOKEN_SENT) - tokens + " tokens were sent on a silent ring: it does not rest");
        } else if (cluster.living().stream()
                .anyMatch(member -> member.protocol().view().backlogFrames() != 0)) {
            stuck("I9", "the token of a silent ring tells of a backlog");
        }
    }

    /** What the token's rests allow, and as much again. */
    private long tokensOfSilence() {
        return 2L
                * HOLDS_PER_TOKEN_LOSS
                * STABLE_TOKEN_LOSSES
                / 2
                * schedule.shape().slots();
    }

    private long count(Moment moment) {
        return moments[moment.ordinal()];
    }

    private long configurations() {
        return cluster.history().members().stream()
                .mapToLong(member -> member.configurations())
                .sum();
    }

    private long frames() {
        return count(Moment.DATA_SENT) + count(Moment.RECOVERY_SENT);
    }

    private void stuck(String predicate, String fact) {
        StringBuilder text = new StringBuilder(fact);
        for (SimulatedMember member : cluster.living()) {
            text.append("\n  ")
                    .append(member)
                    .append(" in ")
                    .append(member.trace().configuration());
            text.append(", accepted ").append(member.accepted());
            text.append(", delivered of these ").append(member.trace().ownDelivered());
            text.append(member.trace().isUpToDate() ? "" : ", misses messages");
        }
        cluster.violated(predicate, text.toString());
    }

    /** The clients of replicated objects; null if there are none. */
    @Nullable
    ObjectClients objects() {
        return objects;
    }

    /** When everything is healed. */
    long chaosNanos() {
        return schedule.chaosNanos();
    }

    /** The cluster of this run. */
    public SimulatedCluster cluster() {
        return cluster;
    }
}
