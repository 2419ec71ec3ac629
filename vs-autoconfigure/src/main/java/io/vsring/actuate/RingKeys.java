package io.vsring.actuate;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the keys of a member, as who gives them to it knows.
 *
 * @since 0.1
 */
public interface RingKeys {

    /** Of a member whose keys nobody replaces. */
    RingKeys NONE = new RingKeys() {
        @Override
        public void forEachId(IntConsumer told) {}

        @Override
        public @Nullable String refusal() {
            return null;
        }
    };

    /** Tells the ids of all keys that the member has had, and of those that it gets later. Any thread. */
    void forEachId(IntConsumer told);

    /** Why the member keeps the keys that it has, though there are others; null if there are none. Never blocks. */
    @Nullable
    String refusal();
}
