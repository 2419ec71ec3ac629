package io.vsring.replicated;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts pieces together again that were cut anywhere. */
final class PieceBuffer {

    private static final int PIECE_BYTES_MAX = 1 << 29;
    private static final int LENGTH_BYTES_MAX = 5; // of seven bits each; more of them shift out of a long

    private byte[] bytes = Answer.NOTHING;
    private int begin;
    private int end;

    void add(byte[] more) {
        if (end + more.length > bytes.length) {
            byte[] larger = new byte[Math.max(end - begin + more.length, 2 * (end - begin))];
            System.arraycopy(bytes, begin, larger, 0, end - begin);
            bytes = larger;
            end -= begin;
            begin = 0;
        }
        System.arraycopy(more, 0, bytes, end, more.length);
        end += more.length;
    }

    boolean isEmpty() {
        return begin == end;
    }

    /** The next piece; null if it is not all there. */
    byte @Nullable [] next() {
        long length = 0;
        int at = begin;
        for (int shift = 0; ; shift += 7) {
            if (at == end) {
                return null;
            }
            int each = bytes[at++];
            length |= (long) (each & 0x7f) << shift;
            if (length > PIECE_BYTES_MAX || at - begin > LENGTH_BYTES_MAX || (each == 0 && shift > 0)) {
                throw new MalformedCommandException("not the length of a piece: " + length);
            }
            if (each >= 0) {
                break;
            }
        }
        if (length > end - at) {
            return null;
        }
        begin = at + (int) length;
        return Arrays.copyOfRange(bytes, at, begin);
    }
}
