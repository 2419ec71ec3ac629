package io.vsring.replicated;

import static io.vsring.replicated.Members.A;

import java.util.Arrays;
import java.util.function.Function;

/** Fuzzed: what the replicated objects of members say to each other, each kind of it. */
public final class MessagesFuzz {

    private MessagesFuzz() {}

    /** A byte that says what it is, and the bytes. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0] & 7) {
            case 0 -> isItsOnlyEncoding(bytes, in -> written(Standing.read(A, in)::write));
            case 1 -> isItsOnlyEncoding(bytes, in -> written(TransferPlan.read(in)::write));
            case 2 -> isItsOnlyEncoding(bytes, in -> written(StatePack.read(in)::write));
            case 3 -> isItsOnlyEncoding(bytes, in -> written(Digests.read(in)::write));
            case 4 -> isItsOnlyEncoding(bytes, in -> Command.read(A, in).toBytes());
            case 5 ->
                isItsOnlyEncoding(
                        bytes, in -> CommandLog.Told.read(in.getRest()).toBytes());
            case 6 ->
                isItsOnlyEncoding(bytes, in -> Establishment.read(in.getRest()).toBytes());
            default ->
                isItsOnlyEncoding(bytes, in -> {
                    byte[] answer = written(Answer.read(in)::write);
                    in.end();
                    return answer;
                });
        }
    }

    private static void isItsOnlyEncoding(byte[] bytes, Function<ByteReader, byte[]> readAndWrite) {
        byte[] again;
        try {
            again = readAndWrite.apply(new ByteReader(bytes));
        } catch (MalformedCommandException refused) {
            return;
        }
        require(Arrays.equals(again, bytes), "one encoding");
    }

    private interface Writing {
        void to(ByteWriter out);
    }

    private static byte[] written(Writing writing) {
        ByteWriter out = new ByteWriter(64);
        writing.to(out);
        return out.toBytes();
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("expected " + what);
        }
    }

    /** As the other; what it is about is put into words only if it does not hold. */
    static void require(boolean holds, String what, Object about) {
        if (!holds) {
            throw new AssertionError("expected " + what + about);
        }
    }
}
