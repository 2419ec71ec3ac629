package io.vsring.test.simulation;

/** dev */
public final class Simulator {
    private Simulator() {}

    public static void main(String[] args) {
        long from = Long.parseLong(args[0]);
        long count = Long.parseLong(args[1]);
        Coverage coverage = new Coverage();
        long begin = System.nanoTime();
        long events = 0;
        int bad = 0;
        java.util.Map<String, Integer> verdicts = new java.util.TreeMap<>();
        java.util.Map<String, Long> first = new java.util.TreeMap<>();
        for (long seed = from; seed < from + count; seed++) {
            Schedule schedule = Swarm.schedule(new Seed(seed));
            TextStory story = new TextStory(schedule.shape(), System.out::println);
            ScheduleRun run = args.length > 3 ? new ScheduleRun(schedule, story) : new ScheduleRun(schedule);
            story.tellTime(run.cluster()::now);
            RunResult result = run.run();
            coverage.add(result.coverage());
            events += result.steps();
            if (result.violation() != null) {
                bad++;
                String key = result.violation().predicate() + " " + result.violation().fact().split("\n")[0].replaceAll("[0-9a-f]{6,}", "..").replaceAll("[0-9]+", "N");
                key = key.substring(0, Math.min(150, key.length()));
                verdicts.merge(key, 1, Integer::sum);
                first.putIfAbsent(key, seed);
                if (args.length > 2) {
                    System.out.println("seed " + seed + ": " + result.violation());
                    result.schedule().lines().forEach(System.out::println);
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.println(coverage);
        verdicts.forEach((k, v) -> System.out.println(v + "x " + k + "   first seed " + first.get(k)));
        System.out.printf("%d schedules, %d violations, %d events, %.1f schedules/s%n", count, bad, events, count / seconds);
    }
}
