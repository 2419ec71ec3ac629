package io.vsring.security;

import io.vsring.MemberAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * "Are you alive? So am I": how members find out that what they hear is no recording. All greetings are equally long,
 * so that no answer is longer than its question.
 *
 * @param question to be sent back; none if nothing is asked
 * @param echo the question that is answered; none if none is
 * @param address where the sender wants to be answered
 */
record Greeting(Nonce question, Nonce echo, MemberAddress address) {

    static final int BYTES = 2 * 16 + 16 + 2;

    void write(ByteBuffer target) {
        target.putLong(question.high())
                .putLong(question.low())
                .putLong(echo.high())
                .putLong(echo.low())
                .putLong(address.high())
                .putLong(address.low())
                .putShort((short) address.port());
    }

    /** Null if it is none. */
    static @Nullable Greeting read(ByteBuffer source) {
        if (source.remaining() != BYTES) {
            return null;
        }
        Nonce question = new Nonce(source.getLong(), source.getLong());
        Nonce echo = new Nonce(source.getLong(), source.getLong());
        long high = source.getLong();
        long low = source.getLong();
        int port = Short.toUnsignedInt(source.getShort());
        return port == 0 ? null : new Greeting(question, echo, new MemberAddress(high, low, port));
    }
}
