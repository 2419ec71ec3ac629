package io.vsring.replicated;

import io.vsring.MemberSet;
import java.util.ArrayList;
import java.util.List;

/**
 * With what a primary component begins: the first command that is applied in it, drawn from what its members told, and
 * so the same on all of them.
 *
 * @param members who is there
 * @param common what code all of them have
 * @param ended histories that were given up for this one, and must not come back
 * @param expectedMembers how many members an operator has declared there are, whatever the members were told when they
 *     were started; -1 if no operator did
 * @param begunMillis fencing tokens are to be greater than all that a history had before this time, in milliseconds
 *     since 1970; 0 if no other history ends here
 */
record Establishment(
        MemberSet members, Capabilities common, List<HistoryName> ended, int expectedMembers, long begunMillis) {

    static final int NOT_DECLARED = -1;

    /** As an ordinary one: nothing ends, nothing has been declared. */
    static Establishment of(MemberSet members, Capabilities common) {
        return new Establishment(members, common, List.of(), NOT_DECLARED, 0);
    }

    byte[] toBytes() {
        ByteWriter out = new ByteWriter(64 + 16 * members.size());
        out.putMembers(members);
        common.write(out);
        writeNames(out, ended);
        return out.putNumber(expectedMembers + 1L).putNumber(begunMillis).toBytes();
    }

    static Establishment read(byte[] body) {
        ByteReader in = new ByteReader(body);
        Establishment read = new Establishment(
                in.getMembers(),
                Capabilities.read(in),
                readNames(in),
                in.getIntNumber() - 1,
                in.getNumber(Standing.CLOCK_MILLIS_MAX));
        in.end();
        return read;
    }

    static void writeNames(ByteWriter out, List<HistoryName> names) {
        out.putNumber(names.size());
        names.forEach(name -> name.write(out));
    }

    static List<HistoryName> readNames(ByteReader in) {
        int count = in.getCount(HistoryName.BYTES_MIN);
        List<HistoryName> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            HistoryName name = HistoryName.read(in);
            if (i > 0 && names.get(i - 1).compareTo(name) >= 0) {
                throw new MalformedCommandException(name + " is out of order, or there twice");
            }
            names.add(name);
        }
        return names;
    }
}
