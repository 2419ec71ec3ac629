package io.vsring.test.simulation;

import io.vsring.test.trace.JsonLine;

/**
 * What came of some seeds that follow each other: one line of a file, to which others are added by other calls.
 *
 * @param at when it was over, as ISO 8601 says it
 * @param code what was tested
 * @param java on which version of Java
 * @param options what the members had, as the command line says it
 * @param from the first seed
 * @param seeds how many
 * @param counted how many did enough to count
 * @param events of all of them together
 * @param violations how many broke a claim
 * @param tooLittle how many floors were missed
 * @param millis how long they took
 */
record SimulatorRange(
        String at,
        String code,
        String java,
        String options,
        long from,
        long seeds,
        long counted,
        long events,
        long violations,
        long tooLittle,
        long millis) {

    /**
     * Reads a {@link #line}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static SimulatorRange of(String text) {
        JsonLine line = JsonLine.parse(text);
        return new SimulatorRange(
                line.text("at"),
                line.text("code"),
                line.text("java"),
                line.text("options"),
                line.number("from"),
                line.number("seeds"),
                line.number("counted"),
                line.number("events"),
                line.number("violations"),
                line.number("tooLittle"),
                line.number("millis"));
    }

    /** As a line of JSON, without its end. */
    String line() {
        return "{\"at\":\"" + at + "\",\"code\":\"" + code + "\",\"java\":\"" + java + "\",\"options\":\"" + options
                + "\",\"from\":" + from + ",\"seeds\":" + seeds + ",\"counted\":" + counted + ",\"events\":" + events
                + ",\"violations\":" + violations + ",\"tooLittle\":" + tooLittle + ",\"millis\":" + millis + "}";
    }
}
