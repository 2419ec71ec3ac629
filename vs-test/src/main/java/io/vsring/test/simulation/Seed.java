package io.vsring.test.simulation;

/**
 * The number from which all chance of a run comes. Each use has a stream of its own, by name, so that more chance in
 * one place changes nothing in another.
 *
 * @param value any number
 */
public record Seed(long value) {
    /** The stream of this name: the same numbers each time. */
    public Dice stream(String name) {
        long hash = value;
        for (int index = 0; index < name.length(); index++) {
            hash = Dice.mix(hash + Dice.GAMMA * (name.charAt(index) + 1));
        }
        return new Dice(hash);
    }
}
