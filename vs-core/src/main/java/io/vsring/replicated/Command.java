package io.vsring.replicated;

import io.vsring.MemberId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the history: a call of a client, the beginning of a primary component, time that has passed, or the end
 * of an object that is not the same everywhere.
 *
 * @param client who sent it; of the beginning of a component its lowest member
 * @param request which of the client's calls, from 1; 0 if it is no call
 * @param acknowledged the client has the answers of all calls up to this one
 * @param object the key of the object that is called; of what is no call what it is: {@link #ESTABLISHED},
 *     {@link #TIME} or {@link #STOP}
 * @param creation what the object is, if the client does not know whether it exists
 * @param body the call; of a beginning what it begins with; of time how much, in milliseconds; of an end the key of the
 *     object
 */
record Command(
        MemberId client,
        long request,
        long acknowledged,
        long object,
        @Nullable Creation creation,
        byte[] body) {

    static final long ESTABLISHED = 0;
    static final long TIME = 1;
    static final long STOP = 2;

    /** More time than passes in one step. */
    static final long MILLIS_MAX = 1L << 40;

    private static final int OVERHEAD_BYTES = 96;

    /**
     * What an object is.
     *
     * @param name of the object, unique among those of one kind
     * @param kind names the code that keeps it
     */
    record Creation(String name, String kind) {}

    static Command established(Establishment beginning) {
        return new Command(beginning.members().lowest(), 0, 0, ESTABLISHED, null, beginning.toBytes());
    }

    static Command time(MemberId witness, long millis) {
        return new Command(
                witness, 0, 0, TIME, null, new ByteWriter(9).putNumber(millis).toBytes());
    }

    static Command stop(MemberId witness, long key) {
        return new Command(
                witness,
                0,
                0,
                STOP,
                null,
                new ByteWriter(Long.BYTES).putLong(key).toBytes());
    }

    boolean isCall() {
        return request != 0;
    }

    /** Whether a component begins with it. */
    boolean isBeginning() {
        return !isCall() && object == ESTABLISHED;
    }

    /** Whether both are one call, or say the same. */
    boolean isSameAs(Command other) {
        return client.equals(other.client)
                && request == other.request
                && (request != 0 || Arrays.equals(body, other.body));
    }

    /** About what it takes in memory. */
    long bytes() {
        return (long) OVERHEAD_BYTES + body.length;
    }

    Establishment readEstablishment() {
        return Establishment.read(body);
    }

    long readStopped() {
        return new ByteReader(body).getLong();
    }

    long readMillis() {
        return new ByteReader(body).getNumber(MILLIS_MAX);
    }

    /** Who applies it must not find out that what is no call means nothing. */
    void requireReadable() {
        if (isBeginning()) {
            Establishment unused = readEstablishment();
        } else if (!isCall() && object == STOP) {
            long unused = readStopped();
        } else if (!isCall()) {
            long unused = readMillis();
        }
    }

    void write(ByteWriter out) {
        out.putNumber(request).putNumber(acknowledged).putLong(object);
        out.putBoolean(creation != null);
        if (creation != null) {
            out.putText(creation.name).putText(creation.kind);
        }
        out.putRaw(body);
    }

    byte[] toBytes() {
        ByteWriter out = new ByteWriter(32 + body.length + (creation == null ? 0 : 64));
        write(out);
        return out.toBytes();
    }

    static Command read(MemberId client, ByteReader in) {
        long request = in.getNumber();
        long acknowledged = in.getNumber();
        long object = in.getLong();
        Creation creation = in.getBoolean() ? new Creation(in.getText(), in.getText()) : null;
        return new Command(client, request, acknowledged, object, creation, in.getRest());
    }
}
