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
        COMMANDS,
        WHOLE
    }

    void write(ByteWriter out) {
        out.putBoolean(content == Content.WHOLE).putNumber(index).putBoolean(last);
        out.putRaw(pieces);
    }

    static StatePack read(ByteReader in) {
        return new StatePack(
                in.getBoolean() ? Content.WHOLE : Content.COMMANDS,
                (int) in.getNumber(),
                in.getBoolean(),
                in.getRest());
    }
}
