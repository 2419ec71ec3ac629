package io.vsring.benchmarks.peer;

import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Waits until all members are there. */
final class Together {

    private static final long SECONDS_MAX = 60;
    private static final long LOOK_AGAIN_MILLIS = 20;

    private Together() {}

    /**
     * Looks again and again.
     *
     * @param present how many members this one sees
     * @param view what it sees, in words
     * @throws IllegalStateException if they are not all there within a minute
     */
    static void await(Place place, IntSupplier present, Supplier<String> view) throws InterruptedException {
        long until = System.nanoTime() + SECONDS_MAX * 1_000_000_000;
        while (present.getAsInt() < place.members()) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("member " + place.member() + ": not all of " + place.members()
                        + " members are there within " + SECONDS_MAX + "s; this one sees " + view.get());
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }
}
