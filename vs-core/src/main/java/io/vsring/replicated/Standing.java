package io.vsring.replicated;

import io.vsring.MemberId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member holds and what it knows of primary components, as it tells the others at the beginning of a regular
 * configuration.
 *
 * @param member whose standing it is
 * @param setup with what it was started
 * @param label the last primary component that it was ready in; null if it is blank: then its state is no more than a
 *     copy, and it has no vote
 * @param electorate who decides on the successor of that component
 * @param attempts later components that may have been established without its knowing
 * @param extent how far its state goes
 * @param ended histories that were given up for the one of its state
 * @param declaredMembers how many members there are by what an operator has declared in that history; see
 *     {@link Establishment#expectedMembers}
 * @param progress how far a whole state had come that was being sent to it; null if none was
 */
record Standing(
        MemberId member,
        Setup setup,
        @Nullable Label label,
        Electorate electorate,
        List<Attempt> attempts,
        Extent extent,
        List<HistoryName> ended,
        int declaredMembers,
        StateAssembly.@Nullable Progress progress) {

    /** In the year 2109: a fencing token begins with such a time, and has room for no later one. */
    static final long CLOCK_MILLIS_MAX = (1L << 42) - 1;

    private static final int ATTEMPT_BYTES_MIN = 31;

    /**
     * With what a member was started.
     *
     * @param expectedMembers how many members it was told there are to be; 0 if it was told nothing
     * @param clockMillis the time by its clock, in milliseconds since 1970
     * @param capabilities what code it has
     */
    record Setup(int expectedMembers, long clockMillis, Capabilities capabilities) {}

    /** A component that was tried for, and who decides on its successor if it was established. */
    record Attempt(Label label, Electorate electorate) {}

    /**
     * A state and its length: two members whose extents are equal hold the same.
     *
     * @param position commands applied since the history began
     * @param chain digest of these and of their results
     * @param tentative commands that come behind in the order, and are applied only if this state is chosen
     * @param tentativeChain digest of those
     */
    record Extent(long position, long chain, int tentative, long tentativeChain) {

        long end() {
            return position + tentative;
        }
    }

    /** Whether its state may be counted on. */
    boolean isValid() {
        return label != null;
    }

    void write(ByteWriter out) {
        out.putNumber(setup.expectedMembers).putNumber(setup.clockMillis);
        setup.capabilities.write(out);
        out.putBoolean(label != null);
        if (label != null) {
            write(out, label);
            write(out, electorate);
        }
        out.putNumber(attempts.size());
        for (Attempt attempt : attempts) {
            write(out, attempt.label);
            write(out, attempt.electorate);
        }
        write(out, extent);
        Establishment.writeNames(out, ended);
        out.putNumber(declaredMembers + 1L);
        out.putBoolean(progress != null);
        if (progress != null) {
            out.putMember(progress.source());
            write(out, progress.base());
            out.putNumber(progress.next());
        }
    }

    static Standing read(MemberId member, ByteReader in) {
        Setup setup = new Setup(in.getIntNumber(), in.getNumber(CLOCK_MILLIS_MAX), Capabilities.read(in));
        Label label = null;
        Electorate electorate = Electorate.NOBODY;
        if (in.getBoolean()) {
            label = readLabel(in);
            electorate = readElectorate(in);
        }
        int count = in.getCount(ATTEMPT_BYTES_MIN);
        List<Attempt> attempts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            attempts.add(new Attempt(readLabel(in), readElectorate(in)));
        }
        Extent extent = readExtent(in);
        List<HistoryName> ended = Establishment.readNames(in);
        int declaredMembers = in.getIntNumber() - 1;
        StateAssembly.Progress progress =
                in.getBoolean() ? new StateAssembly.Progress(in.getMember(), readExtent(in), in.getIntNumber()) : null;
        in.end();
        return new Standing(member, setup, label, electorate, attempts, extent, ended, declaredMembers, progress);
    }

    private static void write(ByteWriter out, Extent extent) {
        out.putNumber(extent.position).putLong(extent.chain);
        out.putNumber(extent.tentative).putLong(extent.tentativeChain);
    }

    private static Extent readExtent(ByteReader in) {
        return new Extent(in.getNumber(ByteReader.NUMBER_MAX), in.getLong(), in.getIntNumber(), in.getLong());
    }

    private static void write(ByteWriter out, Label label) {
        out.putNumber(label.era()).putLong(label.lineage()).putRing(label.ring());
    }

    private static void write(ByteWriter out, Electorate electorate) {
        out.putMembers(electorate.voters()).putMembers(electorate.doubtful());
    }

    private static Label readLabel(ByteReader in) {
        return new Label(in.getNumber(), in.getLong(), in.getRing());
    }

    private static Electorate readElectorate(ByteReader in) {
        return new Electorate(in.getMembers(), in.getMembers());
    }
}
