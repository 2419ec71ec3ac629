package io.vsring.benchmarks.peer;

import io.vsring.ring.RingStatistics;
import org.jspecify.annotations.Nullable;

/** A member of something that gives all its members the same messages in the same order. */
public interface MessageChannel extends AutoCloseable {

    /** Is told what becomes of this member's own messages. */
    interface Sender {

        /**
         * The message with this number has been delivered to the member that sent it, and all before it too.
         *
         * @param number from 1
         */
        void delivered(long number);

        /** Nothing more is delivered. */
        void lost();
    }

    /** Is told what the member is given, in the order in which it is. */
    interface Listener {

        /**
         * Others may be there than before.
         *
         * @param configuration what everybody calls it that is in it
         * @param isTransitional whether it ends the one before
         * @param members how many are in it
         */
        void configuration(String configuration, boolean isTransitional, int members);

        /**
         * A message of the load.
         *
         * @param sender the same on all members, and another one for each sender
         * @param number which one of that sender's, from 1
         */
        void message(long sender, long number);

        /** A sender has said that nothing more comes from it. */
        void end();

        /** Nothing more comes; with the reason if it should not have ended. */
        void closed(@Nullable Throwable failure);
    }

    /**
     * Sends the next message of the load. One thread.
     *
     * @param number from 1, one more than the last one that was taken
     * @return false if there is no room for it now
     */
    boolean offer(long number, Sender sender);

    /**
     * Says behind all messages that there are no more. The thread that sends, or one after it.
     *
     * @return false if there is no room for it now
     */
    boolean end();

    /** What the member sees of the others, in words. */
    String view();

    /** Counters of the ring; null if it is none. */
    @Nullable
    RingStatistics statistics();

    /** Leaves. */
    @Override
    void close();
}
