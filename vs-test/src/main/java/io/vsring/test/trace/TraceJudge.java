package io.vsring.test.trace;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.test.check.History;
import io.vsring.test.check.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges the trace files of the members of one run by the claims of extended virtual synchrony, and by those about
 * replicated objects that can be read off traces.
 *
 * <pre>{@code
 * History history = new TraceJudge().left(first).left(second).killed(third).judge();
 * assertThat(history.violation()).isNull();
 * }</pre>
 *
 * <p>All members of the run must be given: a message of a member that nobody knows counts as one that nobody sent. The
 * files are put into one order that could have been: a message is numbered before it is delivered, and numbered in the
 * order of its ring. What a killed member had sent but not yet written down is taken from those who delivered it.
 *
 * <p>Not safe for threads. Memory is linear in the size of the files.
 */
public final class TraceJudge {

    private final List<TracedMember> members = new ArrayList<>();

    /** A member that still ran when its file was taken, and had nothing more to write. */
    public TraceJudge running(Path file) throws IOException {
        return add(file, TracedMember.End.RUNNING);
    }

    /** A member whose process was killed. */
    public TraceJudge killed(Path file) throws IOException {
        return add(file, TracedMember.End.KILLED);
    }

    /** A member that has left in good order. */
    public TraceJudge left(Path file) throws IOException {
        return add(file, TracedMember.End.LEFT);
    }

    private TraceJudge add(Path file, TracedMember.End end) throws IOException {
        members.addAll(TracedMember.read(file, end));
        return this;
    }

    /**
     * Judges, without claims about what should still have happened.
     *
     * @return the history; what is wrong, if anything, is its {@link History#violation()}
     */
    public History judge() {
        TraceMerge merge = new TraceMerge(members);
        History history = merge.run();
        new ComponentClaims(members).judge(history);
        history.endedAnyhow();
        return history;
    }

    /**
     * Judges a run that came to rest with all running members together, so that nothing may be owed any more.
     *
     * @return the history; what is wrong, if anything, is its {@link History#violation()}
     */
    public History judgeAtRest() {
        TraceMerge merge = new TraceMerge(members);
        History history = merge.run();
        new ComponentClaims(members).judge(history);
        List<MemberId> running = members.stream()
                .filter(member -> member.end() == TracedMember.End.RUNNING)
                .map(TracedMember::id)
                .toList();
        history.endedQuietly(running.isEmpty() ? List.of() : List.of(MemberSet.of(running)));
        return history;
    }

    /**
     * Judges, and throws if something is wrong.
     *
     * @throws AssertionError with the claim that does not hold, and what the members did before
     */
    public History requireSound() {
        History history = judge();
        Violation violation = history.violation();
        if (violation != null) {
            throw new AssertionError(violation.toString());
        }
        return history;
    }
}
