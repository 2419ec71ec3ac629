package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;

/**
 * How those that lack something get it.
 *
 * @param byCommands who is told the commands that it lacks
 * @param rest who gets the rest of a whole state that it has begun to get, and is told the commands that follow it
 * @param commandsFrom the lowest position of these commands
 * @param whole who gets the whole state
 */
record TransferPlan(MemberSet byCommands, MemberSet rest, long commandsFrom, MemberSet whole) {

    /**
     * What the source can do for each of these.
     *
     * @param begun what it has begun to send in the configuration before
     */
    static TransferPlan of(
            Journal journal, Exchange standings, MemberSet members, Standing source, TransferSource begun) {
        MemberSet byCommands = MemberSet.of();
        MemberSet rest = MemberSet.of();
        MemberSet whole = MemberSet.of();
        long from = journal.position();
        for (MemberId member : members) {
            Standing standing = standings.of(member);
            StateAssembly.Progress progress = standing.progress();
            if (standing.extent().equals(source.extent())) {
                continue;
            }
            if (journal.leadsFrom(standing.extent())) {
                byCommands = byCommands.plus(member);
                from = Math.min(from, standing.extent().position());
            } else if (progress != null
                    && progress.source().equals(source.member())
                    && begun.canGoOn(progress)
                    && journal.leadsFrom(progress.base())) {
                rest = rest.plus(member);
                from = Math.min(from, progress.base().position());
            } else {
                whole = whole.plus(member);
            }
        }
        return new TransferPlan(byCommands, rest, from, whole);
    }

    boolean isEmpty() {
        return byCommands.isEmpty() && rest.isEmpty() && whole.isEmpty();
    }

    void write(ByteWriter out) {
        out.putMembers(byCommands).putMembers(rest).putNumber(commandsFrom).putMembers(whole);
    }

    static TransferPlan read(ByteReader in) {
        TransferPlan plan = new TransferPlan(in.getMembers(), in.getMembers(), in.getNumber(), in.getMembers());
        in.end();
        return plan;
    }
}
