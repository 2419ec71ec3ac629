package io.vsring.replicated;

/**
 * Some pieces of a state, or some commands, on their way.
 *
 * @param content of what they are
 * @param index its place among the packs of that content, from 0
 * @param last whether all has come with it
 * @param pieces the pieces, each with its length in front
 */
record StatePack(Content content, int index, boolean last, byte[] pieces) {

    enum Content {
        /** The commands that follow a state which others hold. */
        COMMANDS,
        /** A whole state. */
        WHOLE,
        /** What is left of a whole state that was cut off. */
        REST
    }

    private static final Content[] CONTENTS = Content.values();

    void write(ByteWriter out) {
        out.putByte(content.ordinal()).putNumber(index).putBoolean(last);
        out.putRaw(pieces);
    }

    static StatePack read(ByteReader in) {
        int content = in.getByte();
        if (content >= CONTENTS.length) {
            throw new MalformedCommandException("no such content of a pack: " + content);
        }
        return new StatePack(CONTENTS[content], in.getIntNumber(), in.getBoolean(), in.getRest());
    }
}
