package io.vsring.test.campaign;

/**
 * What a process takes.
 *
 * @param heapBytes after a collection
 * @param directBytes of direct buffers
 * @param residentKilobytes what the system has given it
 */
record Footprint(long heapBytes, long directBytes, long threads, long descriptors, long residentKilobytes) {

    /** What must not grow, and by how much it may differ all the same. */
    enum Kind {
        HEAP(2 << 20, 0.05),
        DIRECT(1 << 20, 0.05),
        THREADS(3, 0),
        DESCRIPTORS(5, 0);

        private final double least;
        private final double share;

        Kind(double least, double share) {
            this.least = least;
            this.share = share;
        }

        double of(Footprint footprint) {
            return switch (this) {
                case HEAP -> footprint.heapBytes;
                case DIRECT -> footprint.directBytes;
                case THREADS -> footprint.threads;
                case DESCRIPTORS -> footprint.descriptors;
            };
        }

        /** By so much it may grow over a whole run: what is loaded late, threads that come and go. */
        double tolerance(double median) {
            return Math.max(least, share * median);
        }
    }

    static final String HEADER = "seconds,member,heap_bytes,direct_bytes,threads,descriptors,resident_kilobytes";

    String row(long seconds, int member) {
        return seconds + "," + member + "," + heapBytes + "," + directBytes + "," + threads + "," + descriptors + ","
                + residentKilobytes;
    }
}
