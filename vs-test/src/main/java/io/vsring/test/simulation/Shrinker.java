package io.vsring.test.simulation;

import io.vsring.test.check.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a schedule that breaks a claim smaller, as long as the same claim still breaks (delta debugging, Zeller and
 * Hildebrandt, 2002): fewer faults, fewer operations, better weather, less time, fewer members.
 */
public final class Shrinker {
    private final String predicate;
    private final Function<Schedule, RunResult> runner;
    private int runsLeft;

    /**
     * @param predicate the claim that has to stay broken
     * @param runsMax how often a schedule may be run for that
     * @param runner runs one
     */
    public Shrinker(String predicate, int runsMax, Function<Schedule, RunResult> runner) {
        this.predicate = predicate;
        this.runsLeft = runsMax;
        this.runner = runner;
    }

    /** The smallest schedule that was found. */
    public Schedule shrink(Schedule schedule) {
        Schedule smallest = schedule;
        long before;
        do {
            before = size(smallest);
            smallest = shorter(smallest);
            Schedule base = smallest;
            List<Fault> faults = fewer(base.faults(), kept -> breaks(base.withFaults(kept)));
            Schedule calmer = base.withFaults(faults);
            List<Operation> operations = fewer(calmer.operations(), kept -> breaks(calmer.withOperations(kept)));
            smallest = clearer(calmer.withOperations(operations));
            smallest = lonelier(smallest);
            if (smallest.lasting() != null) {
                smallest = firstThatBreaks(smallest, List.of(smallest.withoutLasting()));
            }
        } while (size(smallest) < before && runsLeft > 0);
        return smallest;
    }

    private static long size(Schedule schedule) {
        Weather weather = schedule.weather();
        int clouds = 0;
        for (double cloud : new double[] {weather.replay(), weather.redirect(), weather.echo(), weather.trip()}) {
            clouds += cloud > 0 ? 1 : 0;
        }
        return schedule.faults().size()
                + schedule.operations().size()
                + clouds
                + (schedule.lasting() == null ? 0 : 1)
                + 10L * schedule.shape().slots()
                + schedule.chaosNanos() / (1 + schedule.shape().tokenLossNanos());
    }

    private boolean breaks(Schedule schedule) {
        if (runsLeft <= 0) {
            return false;
        }
        runsLeft--;
        Violation violation = runner.apply(schedule).violation();
        return violation != null && violation.predicate().equals(predicate);
    }

    private Schedule firstThatBreaks(Schedule otherwise, List<Schedule> candidates) {
        for (Schedule candidate : candidates) {
            if (breaks(candidate)) {
                return candidate;
            }
        }
        return otherwise;
    }

    private Schedule shorter(Schedule schedule) {
        long chaos = schedule.chaosNanos();
        return firstThatBreaks(
                schedule,
                List.of(
                        schedule.withChaos(chaos / 4),
                        schedule.withChaos(chaos / 2),
                        schedule.withChaos(chaos * 3 / 4),
                        schedule.withChaos(chaos * 9 / 10)));
    }

    private Schedule clearer(Schedule schedule) {
        Schedule best = schedule;
        Weather now = best.weather();
        LinkProfile link = now.profile();
        LinkProfile calm = LinkProfile.calm(link.delayNanos());
        List<Function<Weather, Weather>> steps = List.of(
                weather -> Weather.calm(weather.profile().delayNanos()),
                weather -> new Weather(calm, weather.replay(), weather.redirect(), weather.echo(), weather.trip()),
                weather -> new Weather(weather.profile(), 0, weather.redirect(), weather.echo(), weather.trip()),
                weather -> new Weather(weather.profile(), weather.replay(), 0, weather.echo(), weather.trip()),
                weather -> new Weather(weather.profile(), weather.replay(), weather.redirect(), 0, weather.trip()),
                weather -> new Weather(weather.profile(), weather.replay(), weather.redirect(), weather.echo(), 0),
                weather -> withProfile(weather, weather.profile().losing(0)),
                weather -> withProfile(weather, weather.profile().duplicating(0)),
                weather -> withProfile(
                        weather,
                        weather.profile().shuffling(0, weather.profile().delayNanos() / 10)));
        for (Function<Weather, Weather> step : steps) {
            Weather other = step.apply(best.weather());
            if (!other.equals(best.weather())) {
                best = firstThatBreaks(best, List.of(best.withWeather(other)));
            }
        }
        List<Long> together = new ArrayList<>();
        best.starts().forEach(start -> together.add(0L));
        return together.equals(best.starts()) ? best : firstThatBreaks(best, List.of(best.withStarts(together)));
    }

    private static Weather withProfile(Weather weather, LinkProfile profile) {
        return new Weather(profile, weather.replay(), weather.redirect(), weather.echo(), weather.trip());
    }

    private Schedule lonelier(Schedule schedule) {
        Schedule best = schedule;
        while (best.shape().slots() > 1) {
            Schedule fewer = firstThatBreaks(best, List.of(best.withoutLastSlot()));
            if (fewer.equals(best)) {
                break;
            }
            best = fewer;
        }
        return best;
    }

    /** Leaves out ever smaller pieces as long as it still breaks. */
    private <T> List<T> fewer(List<T> all, Predicate<List<T>> stillBreaks) {
        List<T> kept = all;
        int pieces = 2;
        while (!kept.isEmpty() && runsLeft > 0) {
            int size = Math.max(1, (kept.size() + pieces - 1) / pieces);
            boolean less = false;
            for (int from = 0; from < kept.size() && !less; from += size) {
                List<T> rest = new ArrayList<>(kept.subList(0, from));
                rest.addAll(kept.subList(Math.min(kept.size(), from + size), kept.size()));
                if (stillBreaks.test(rest)) {
                    kept = rest;
                    less = true;
                }
            }
            if (less) {
                pieces = Math.max(2, pieces - 1);
            } else if (size == 1) {
                break;
            } else {
                pieces *= 2;
            }
        }
        return kept;
    }
}
