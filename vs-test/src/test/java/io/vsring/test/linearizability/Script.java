package io.vsring.test.linearizability;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A history written by hand: what comes later in the script comes later in time. */
final class Script {
    private final Map<Integer, PendingOperation> pending = new HashMap<>();
    private final HistoryRecorder recorder = new HistoryRecorder(this::nextInstant);
    private ObjectKey object;
    private long nowNanos;

    Script(ObjectKey object) {
        this.object = object;
    }

    private long nextInstant() {
        return ++nowNanos;
    }

    /** What follows is about this object. */
    Script on(ObjectKey next) {
        object = next;
        return this;
    }

    /** An operation that overlaps no other one that comes later. */
    Script does(int client, Invocation invocation, Object answer) {
        return calls(client, invocation).returns(client, answer);
    }

    Script calls(int client, Invocation invocation) {
        pending.put(client, recorder.begin(client, object, invocation));
        return this;
    }

    Script returns(int client, Object answer) {
        pending.remove(client).returned(answer);
        return this;
    }

    /** It returns, but nobody looks at the answer. */
    Script returnsSomething(int client) {
        pending.remove(client).returned();
        return this;
    }

    Script hearsNothing(int client) {
        pending.remove(client).unknown();
        return this;
    }

    Script isRefused(int client) {
        pending.remove(client).refused();
        return this;
    }

    List<RecordedOperation> history() {
        return recorder.history();
    }

    HistoryReport judged() {
        return new HistoryJudge(Budget.standard()).judge(history());
    }

    Verdict verdict() {
        return judged().verdict();
    }
}
