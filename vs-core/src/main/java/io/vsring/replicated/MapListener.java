package io.vsring.replicated;

/**
 * Is told of each change of a map as local reads on this member show it, in the order in which they are applied. What
 * has not been applied here is never told.
 *
 * <p>A listener belongs to the map of that name on this member, whatever becomes of the state behind it. When this
 * member takes over the state of another one, it is told the differences between the two, key by key; they say
 * {@link MapEvent#isFoundByComparison}, since several changes of a key may have become one.
 *
 * <p>What it throws is reported to {@link ReplicationListener#onWarning}, and harms nobody.
 *
 * @param <K> of the keys
 * @param <V> of the values
 */
@FunctionalInterface
public interface MapListener<K, V> {

    /**
     * A key has been changed. On the delivery thread, unless an executor was given: there it must not wait, or the
     * member waits with it. All changes of one command have been made before the first of them is told.
     */
    void onEvent(MapEvent<K, V> event);

    /** Being told. */
    interface Registration extends AutoCloseable {

        /** No call begins after this; one that has begun may go on. Any thread; a second time does nothing. */
        @Override
        void close();
    }
}
