package io.vsring.test.campaign;

import java.util.Arrays;

/** Whether something grows with time, in numbers of which some lie far off. */
final class Slope {

    private Slope() {}

    /**
     * How much more there is at the end than at the beginning: the median of the slopes between each two points (Theil
     * and Sen), times the time from the first to the last.
     *
     * @param times growing, at least two
     */
    static double growth(double[] times, double[] values) {
        int count = times.length;
        double[] slopes = new double[count * (count - 1) / 2];
        int index = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                slopes[index++] = (values[j] - values[i]) / (times[j] - times[i]);
            }
        }
        return median(slopes) * (times[count - 1] - times[0]);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
