package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;

/**
 * How those that lack something get it.
 *
 * @param byCommands who is told the commands that it lacks
 * @param commandsFrom the lowest position of these
 * @param whole who gets the whole state
 */
record TransferPlan(MemberSet byCommands, long commandsFrom, MemberSet whole) {

    /** What the source can do for each of these. */
    static TransferPlan of(Journal journal, Exchange standings, MemberSet members, Standing source) {
        MemberSet byCommands = MemberSet.of();
        MemberSet whole = MemberSet.of();
        long from = journal.position();
        for (MemberId member : members) {
            Standing.Extent extent = standings.of(member).extent();
            if (extent.equals(source.extent())) {
                continue;
            }
            if (journal.leadsFrom(extent)) {
                byCommands = byCommands.plus(member);
                from = Math.min(from, extent.position());
            } else {
                whole = whole.plus(member);
            }
        }
        return new TransferPlan(byCommands, from, whole);
    }

    boolean isEmpty() {
        return byCommands.isEmpty() && whole.isEmpty();
    }

    void write(ByteWriter out) {
        out.putMembers(byCommands).putNumber(commandsFrom).putMembers(whole);
    }

    static TransferPlan read(ByteReader in) {
        TransferPlan plan = new TransferPlan(in.getMembers(), in.getNumber(), in.getMembers());
        in.end();
        return plan;
    }
}
