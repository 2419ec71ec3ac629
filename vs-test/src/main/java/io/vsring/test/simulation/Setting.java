package io.vsring.test.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * What kind of schedules a campaign is about.
 *
 * @param objects whether the members have replicated objects, and clients of these
 * @param sealed whether the members have keys, and somebody without them is about
 */
public record Setting(boolean objects, boolean sealed) {
    /** Bare rings that believe who sends. */
    public static final Setting PLAIN = new Setting(false, false);

    /** The schedule of this seed. */
    public Schedule schedule(Seed seed) {
        Schedule schedule = objects ? StateSwarm.schedule(seed) : Swarm.schedule(seed);
        return sealed ? HostileSwarm.schedule(schedule) : schedule;
    }

    /** The run of this seed, not yet run. */
    public ScheduleRun run(Seed seed) {
        return run(schedule(seed), Story.UNTOLD);
    }

    /** The run of this schedule, told while it happens. */
    ScheduleRun run(Schedule schedule, Story story) {
        return new ScheduleRun(schedule, story, objects);
    }

    /** As options of the command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (objects) {
            words.add("--objects");
        }
        if (sealed) {
            words.add("--sealed");
        }
        return words;
    }
}
