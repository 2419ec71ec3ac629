package io.vsring.replicated;

import java.nio.charset.StandardCharsets;

/**
 * What came of a command: the same on all members.
 *
 * @param kind how to take the body
 * @param body the replica's answer, or a text that says why there is none
 */
record Answer(Kind kind, byte[] body) {

    static final byte[] NOTHING = {};

    enum Kind {
        /** The replica has answered. */
        DONE,
        /** There is no such object: it has to be said what it is. */
        NO_OBJECT,
        /** The replica has refused, and is as it was. */
        REFUSED,
        /** It was applied long ago, and its answer has been forgotten. */
        FORGOTTEN
    }

    static Answer done(byte[] body) {
        return new Answer(Kind.DONE, body);
    }

    static Answer refused(String why) {
        return new Answer(Kind.REFUSED, why.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    void write(ByteWriter out) {
        out.putByte(kind.ordinal()).putBytes(body);
    }

    static Answer read(ByteReader in) {
        int kind = in.getByte();
        if (kind >= KINDS.length) {
            throw new MalformedCommandException("no kind of answer: " + kind);
        }
        return new Answer(KINDS[kind], in.getBytes());
    }

    private static final Kind[] KINDS = Kind.values();
}
