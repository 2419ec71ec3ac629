package io.vsring.test.simulation;

import io.vsring.test.check.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The simulator as a program: see docs/simulation.md, or start it with an option that it does not know. */
public final class Simulator {
    private static final int SHRINK_RUNS = 600;
    private static final String SUM = "--sum";

    private Simulator() {}

    /**
     * Runs what the options ask for; ends with 1 if a claim broke or too little happened, 2 if the options are wrong.
     */
    public static void main(String[] words) throws InterruptedException {
        if (words.length == 2 && words[0].equals(SUM)) {
            System.out.print(new SimulatorLog(Path.of(words[1]), "").page());
            return;
        }
        SimulatorCliArguments arguments;
        try {
            arguments = SimulatorCliArguments.parse(words);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        String mutant = arguments.mutant();
        if (mutant != null && arguments.single()) {
            System.setProperty("vs.mutant", mutant);
        }
        System.exit(run(arguments) ? 0 : 1);
    }

    private static boolean run(SimulatorCliArguments arguments) throws InterruptedException {
        if (arguments.mutants()) {
            return hunt(arguments);
        }
        if (arguments.single()) {
            return one(arguments);
        }
        SimulatorLog results = arguments.results();
        if (results == null) {
            return piece(arguments, arguments.from(), arguments.seeds());
        }
        boolean isSound = true;
        long end = arguments.from() + arguments.seeds();
        for (long from = arguments.from(); from < end; from += arguments.piece()) {
            isSound &= piece(arguments, from, (int) Math.min(arguments.piece(), end - from));
        }
        System.out.print(results.page());
        return isSound;
    }

    private static boolean piece(SimulatorCliArguments arguments, long from, int seeds) throws InterruptedException {
        long began = System.nanoTime();
        SimulatorCliCampaign campaign = new SimulatorCliCampaign(from, seeds, arguments.setting(), System.out::println);
        Tally tally = campaign.run(arguments.threads());
        System.out.print(tally);
        if (arguments.setting().objects()) {
            System.out.println(campaign.objectsLine());
        }
        List<String> missing = Floors.missing(tally, arguments.setting());
        missing.forEach(each -> System.out.println("too little: " + each));
        System.out.println(campaign.lastLine());
        SimulatorLog results = arguments.results();
        if (results != null) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            results.add(from, arguments.setting(), tally, missing.size(), millis);
        }
        return tally.violations() == 0 && missing.isEmpty();
    }

    private static boolean hunt(SimulatorCliArguments arguments) throws InterruptedException {
        String mutant = arguments.mutant();
        List<String> mutants = SimulatorCliMutants.names(arguments.setting());
        return new SimulatorCliMutants(System.out::println)
                        .hunt(
                                mutant == null ? mutants : List.of(mutant),
                                arguments.from(),
                                arguments.seeds(),
                                arguments.threads())
                == 0;
    }

    private static boolean one(SimulatorCliArguments arguments) {
        Seed seed = new Seed(arguments.from());
        Setting setting = arguments.setting();
        Schedule schedule = setting.schedule(seed);
        RunResult result = tell(schedule, setting, arguments.trace() && !arguments.shrink());
        Violation violation = result.violation();
        if (violation != null && arguments.shrink()) {
            Shrinker shrinker = new Shrinker(
                    violation.predicate(),
                    SHRINK_RUNS,
                    smaller -> setting.run(smaller, Story.UNTOLD).run());
            result = tell(shrinker.shrink(schedule), setting, arguments.trace());
        }
        result.schedule().lines().forEach(System.out::println);
        if (result.violation() != null) {
            System.out.println("seed " + arguments.from() + ": " + result.violation());
        }
        System.out.println("hash " + Long.toHexString(result.hash()));
        System.out.println("1 schedules, " + (violation == null ? 0 : 1) + " violations, " + result.steps()
                + " events, 0.0 schedules/s");
        return violation == null;
    }

    private static RunResult tell(Schedule schedule, Setting setting, boolean aloud) {
        if (!aloud) {
            return setting.run(schedule, Story.UNTOLD).run();
        }
        TextStory story = new TextStory(schedule.shape(), System.out::println);
        ScheduleRun run = setting.run(schedule, story);
        story.tellTime(run.cluster()::now);
        return run.run();
    }
}
