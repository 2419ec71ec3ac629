package io.vsring.wire;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.wire.MalformedDatagramException.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames apart into messages, and puts messages together that came in several frames. One thread.
 *
 * <p>Frames come in the order of the ring. A whole message costs no copy and no allocation. What a sender has begun is
 * kept until it is complete, or until the sender begins another message, or until {@link #reset}.
 */
public final class Unpacker {

    /** Who wants the messages. */
    public interface Sink {

        /** A message is complete. It is valid during the call only. */
        void onMessage(UnpackedMessage message);
    }

    /** So much room for the pieces of a sender's messages is kept from one to the next. */
    static final int KEPT_BYTES_MAX = 64 * 1024;

    /** What has arrived so far of a sender's message in pieces, if one has begun. */
    private static final class Beginning {
        boolean begun;
        long number;
        String group = "";
        int totalBytes;
        byte[] bytes = NOTHING;
        int arrivedBytes;

        void begin(long messageNumber, String messageGroup, int messageBytes) {
            begun = true;
            number = messageNumber;
            group = messageGroup;
            totalBytes = messageBytes;
            arrivedBytes = 0;
        }

        /** Appends a piece. Memory grows with what has arrived, not with what has been announced. */
        void append(byte[] body, int offset, int length) {
            int needed = arrivedBytes + length;
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(totalBytes, 2L * needed));
            }
            System.arraycopy(body, offset, bytes, arrivedBytes, length);
            arrivedBytes = needed;
        }

        /** The message is complete, or will never be. The next one may be put where it was. */
        void end() {
            begun = false;
            if (bytes.length > KEPT_BYTES_MAX) {
                bytes = NOTHING;
            }
        }
    }

    private static final byte[] NOTHING = {};
    private static final MemberId ANYBODY = new MemberId(1, 1); // of a mutant

    private final GroupNames names = new GroupNames();
    private final String[] groups = new String[WireFormat.GROUPS_MAX];
    private final Map<MemberId, Beginning> beginnings = new HashMap<>();
    private @Nullable UnpackedMessage reused;
    private long incompleteBytes;

    // Where we are in the frame that is open.
    private @Nullable UnpackedMessage opened;
    private long number;
    private int known; // groups
    private int index;
    private int at;

    /**
     * Hands every message that ends in the frame to the sink, in order.
     *
     * <p>A message whose beginning never came here is left out, but counts: the index of the others is the same
     * everywhere.
     *
     * @param frame one that {@link DatagramCodec} or {@link RecoveryBody} decoded, or that a {@link Packer} made
     * @throws IllegalArgumentException if it is a recovery frame: the frame inside is to be taken apart
     */
    public void accept(DataFrame frame, Sink sink) {
        open(frame);
        for (UnpackedMessage next = next(); next != null; next = next()) {
            sink.onMessage(next);
        }
    }

    /**
     * Begins to take this frame apart, for {@link #next}; the one before has come to its end.
     *
     * @throws IllegalArgumentException as {@link #accept}
     */
    public void open(DataFrame frame) {
        if (frame.isRecovery()) {
            throw new IllegalArgumentException("a recovery frame has no messages, only the frame inside has: " + frame);
        }
        opened = messageIn(frame);
        number = frame.firstNumber();
        known = 0;
        index = 0;
        at = 0;
    }

    /**
     * The next message that ends in the open frame, in order; null if there is none.
     *
     * @return valid until the next call of this or of {@link #open}
     */
    public @Nullable UnpackedMessage next() {
        UnpackedMessage message = opened;
        if (message == null) {
            return null;
        }
        byte[] body = message.frame.body();
        while (at < body.length && body[at] != 0) {
            int flags = body[at++];
            int group = 0;
            if ((flags & WireFormat.BEGINS) != 0) {
                group = body[at++] & 0xFF;
                if (group == known) {
                    int nameFrom = at + 1;
                    at = nameFrom + body[at];
                    groups[known++] = names.name(body, nameFrom, at);
                }
            }
            int length = u16(body, at);
            at += 2;
            message.number = number++;
            message.offset = at;
            message.length = length;
            boolean complete = true;
            if ((flags & (WireFormat.BEGINS | WireFormat.ENDS)) == (WireFormat.BEGINS | WireFormat.ENDS)) {
                message.group = groups[group];
                message.array = body;
            } else if ((flags & WireFormat.BEGINS) != 0) {
                message.offset = at += 4;
                begin(message, groups[group]);
                complete = false;
            } else {
                complete = goOn(message, flags);
            }
            at += length;
            if ((flags & WireFormat.ENDS) != 0) {
                message.index = index++;
                if (complete) {
                    message.guarantee = (flags & WireFormat.SAFE) != 0 ? Guarantee.SAFE : Guarantee.AGREED;
                    return message;
                }
            }
        }
        opened = null;
        return null;
    }

    private UnpackedMessage messageIn(DataFrame frame) {
        UnpackedMessage message = reused;
        if (message == null) {
            message = new UnpackedMessage(frame);
            reused = message;
        }
        message.frame = frame;
        return message;
    }

    private void begin(UnpackedMessage piece, String group) {
        MemberId sender = beginnerOf(piece);
        Beginning beginning = beginnings.get(sender);
        if (beginning == null) {
            beginning = new Beginning();
            beginnings.put(sender, beginning);
        }
        end(beginning);
        beginning.begin(piece.number, group, i32(piece.frame.body(), piece.offset - 4));
        append(beginning, piece);
    }

    /**
     * Appends the piece to its beginning. If the message is complete with it, it replaces the piece, and true is
     * returned.
     */
    private boolean goOn(UnpackedMessage piece, int flags) {
        Beginning beginning = beginnings.get(beginnerOf(piece));
        if (beginning == null || !beginning.begun) {
            return false;
        }
        boolean ends = (flags & WireFormat.ENDS) != 0;
        long missing = (long) beginning.totalBytes - beginning.arrivedBytes - piece.length;
        boolean another = beginning.number != piece.number && !Mutant.PIECES_GLUED;
        if (another || (ends ? missing != 0 : missing <= 0)) {
            end(beginning);
            return false;
        }
        append(beginning, piece);
        if (!ends) {
            return false;
        }
        piece.group = beginning.group;
        piece.array = beginning.bytes;
        piece.offset = 0;
        piece.length = beginning.totalBytes;
        end(beginning);
        return true;
    }

    private void append(Beginning beginning, UnpackedMessage piece) {
        beginning.append(piece.frame.body(), piece.offset, piece.length);
        incompleteBytes += piece.length;
    }

    private void end(Beginning beginning) {
        if (beginning.begun) {
            incompleteBytes -= beginning.arrivedBytes;
            beginning.end();
        }
    }

    private static MemberId beginnerOf(UnpackedMessage piece) {
        return Mutant.PIECES_GLUED ? ANYBODY : piece.sender();
    }

    /** Drops all that has begun and not ended: no message spans configurations. To be called at every regular one. */
    public void reset() {
        if (!Mutant.PIECES_SURVIVE) {
            beginnings.clear();
            incompleteBytes = 0;
        }
    }

    /** How many bytes of incomplete messages are held. */
    public long incompleteBytes() {
        return incompleteBytes;
    }

    /**
     * Makes sure that {@link #accept} can take a frame with this body.
     *
     * @param kind what the frame says that it is; {@link DataFrame.Kind#AGREED} or {@link DataFrame.Kind#SAFE}
     * @throws MalformedDatagramException if it cannot; offsets are those in the body
     */
    static void check(byte[] body, DataFrame.Kind kind) throws MalformedDatagramException {
        int known = 0;
        int all = WireFormat.ENDS;
        int at = 0;
        while (at < body.length && body[at] != 0) {
            int flags = body[at] & 0xFF;
            checkFlags(flags, at, (all & WireFormat.ENDS) != 0);
            boolean begins = (flags & WireFormat.BEGINS) != 0;
            boolean ends = (flags & WireFormat.ENDS) != 0;
            if (!begins && at > 0) {
                throw new MalformedDatagramException(Reason.BAD_VALUE, at, "the beginning of a message", flags);
            }
            at++;
            if (begins) {
                need(body, at, 1);
                int group = body[at] & 0xFF;
                if (group > known) {
                    throw new MalformedDatagramException(
                            Reason.BAD_VALUE, at, "a group that stands before, or the next", group);
                }
                at++;
                if (group == known) {
                    at = checkName(body, at);
                    known++;
                }
            }
            need(body, at, 2);
            int length = u16(body, at);
            if (length == 0 && !(begins && ends)) {
                throw new MalformedDatagramException(Reason.BAD_VALUE, at, "a piece of at least one byte", length);
            }
            at += 2;
            if (begins && !ends) {
                at = checkTotal(body, at, length);
            }
            need(body, at, length);
            at += length;
            all = flags | (all & WireFormat.SAFE);
        }
        checkEnd(body, at);
        int safe = all & WireFormat.SAFE;
        if ((safe != 0) != (kind == DataFrame.Kind.SAFE)) {
            throw new MalformedDatagramException(
                    Reason.BAD_VALUE, at, "a safe message in safe frames, and in no other", safe);
        }
    }

    private static void checkFlags(int flags, int at, boolean previousEnds) throws MalformedDatagramException {
        int free = flags & ~(WireFormat.BEGINS | WireFormat.ENDS | WireFormat.SAFE);
        if (free != WireFormat.ENTRY || (flags & (WireFormat.SAFE | WireFormat.ENDS)) == WireFormat.SAFE) {
            throw new MalformedDatagramException(Reason.BAD_VALUE, at, "the flags of an entry", flags);
        }
        if (!previousEnds) {
            throw new MalformedDatagramException(Reason.BAD_VALUE, at, "nothing behind a piece that goes on", flags);
        }
    }

    private static int checkName(byte[] body, int at) throws MalformedDatagramException {
        need(body, at, 1);
        int length = body[at] & 0xFF;
        if (length == 0 || length > WireFormat.GROUP_BYTES_MAX) {
            throw new MalformedDatagramException(Reason.BAD_COUNT, at, "a name of 1 to 64 bytes", length);
        }
        int from = at + 1;
        need(body, from, length);
        if (!GroupNames.isUtf8(body, from, from + length)) {
            throw new MalformedDatagramException(Reason.BAD_VALUE, from, "a name in UTF-8", body[from]);
        }
        return from + length;
    }

    private static int checkTotal(byte[] body, int at, int length) throws MalformedDatagramException {
        need(body, at, 4);
        long total = Integer.toUnsignedLong(i32(body, at));
        if (total <= length || total > WireFormat.MESSAGE_BYTES_MAX) {
            throw new MalformedDatagramException(
                    Reason.BAD_VALUE, at, "a message longer than its first piece, at most 64 MiB", total);
        }
        return at + 4;
    }

    private static void checkEnd(byte[] body, int end) throws MalformedDatagramException {
        if (end == 0) {
            throw new MalformedDatagramException(Reason.TOO_SHORT, 0, "at least one entry", body.length);
        }
        for (int at = end; at < body.length; at++) {
            if (body[at] != 0) {
                throw new MalformedDatagramException(Reason.TRAILING_BYTES, at, "padding of zeros", body[at]);
            }
        }
    }

    private static void need(byte[] body, int at, int bytes) throws MalformedDatagramException {
        if (body.length - at < bytes) {
            throw new MalformedDatagramException(
                    Reason.TOO_SHORT, at, "so many more bytes: " + bytes, body.length - at);
        }
    }

    private static int u16(byte[] body, int at) {
        return ((body[at] & 0xFF) << 8) | (body[at + 1] & 0xFF);
    }

    private static int i32(byte[] body, int at) {
        return (u16(body, at) << 16) | u16(body, at + 2);
    }
}
