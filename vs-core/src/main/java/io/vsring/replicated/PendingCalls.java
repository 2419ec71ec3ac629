package io.vsring.replicated;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingClosedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this member that have not been answered, in the order in which they were made. Any thread makes calls,
 * the delivery thread answers them.
 *
 * <p>Calls are sent in order while this member is in the primary component. When that ends they wait; in the next one
 * those that had been sent are answered if they have been applied, and sent again with their old numbers if not, before
 * any newer one is.
 *
 * <p>Calls that can be combined and follow each other become one while they wait to be sent. The first ones are sent at
 * once; when some are under way to an object the next one waits for an answer, and takes into it what comes meanwhile,
 * until a call comes that cannot be combined with it: no call overtakes another one.
 */
final class PendingCalls {

    /** Sends a command with a ring. */
    interface Sender {

        /** False if there is no room for it now. */
        boolean send(long ringSequence, Command command, Guarantee guarantee);
    }

    /** How calls of one kind that follow each other are made in one. */
    interface Combination {

        /** One call that does what both do, the earlier one first. */
        byte[] combine(byte[] earlier, byte[] later);

        /** What the earlier one would have been answered, if this is what both in one were. */
        byte[] answerBefore(byte[] answer, byte[] later);
    }

    /** A call and its answer to come. */
    static final class Call {

        private final Guarantee guarantee;
        private final long object;
        private final Command.@Nullable Creation creation;
        private final @Nullable Combination combination;
        private final byte[] own;
        private final CompletableFuture<Answer> answer;
        private final List<Call> joined = new ArrayList<>(0); // are sent in this one, in their order
        private byte[] body; // with those that have joined
        private long request; // 0 until it is sent for the first time

        /** @param combination null if nothing can be combined with it */
        Call(
                Guarantee guarantee,
                long object,
                Command.@Nullable Creation creation,
                byte[] body,
                @Nullable Combination combination,
                CompletableFuture<Answer> answer) {
            this.guarantee = guarantee;
            this.object = object;
            this.creation = creation;
            this.own = body;
            this.body = body;
            this.combination = combination;
            this.answer = answer;
        }

        /** Takes the next call into this one, if both can be one and this one has not been sent. */
        private boolean takes(Call next) {
            if (combination == null
                    || combination != next.combination
                    || request != 0
                    || object != next.object
                    || guarantee != next.guarantee) {
                return false;
            }
            body = combination.combine(body, next.own);
            joined.add(next);
            return true;
        }

        private int count() {
            return 1 + joined.size();
        }

        private long bytes() {
            long bytes = own.length;
            for (Call call : joined) {
                bytes += call.own.length;
            }
            return bytes;
        }

        private void fail(Throwable why) {
            answer.completeExceptionally(why);
            joined.forEach(call -> call.answer.completeExceptionally(why));
        }

        private void complete(Answer said) {
            if (joined.isEmpty()) {
                answer.complete(said);
                return;
            }
            if (combination == null || said.kind() != Answer.Kind.DONE) {
                answer.complete(said);
                joined.forEach(call -> call.answer.complete(said));
                return;
            }
            Answer[] each = new Answer[joined.size() + 1];
            each[joined.size()] = said;
            for (int i = joined.size() - 1; i >= 0; i--) {
                each[i] = Answer.done(combination.answerBefore(each[i + 1].body(), joined.get(i).own));
            }
            answer.complete(each[0]);
            for (int i = 0; i < joined.size(); i++) {
                joined.get(i).answer.complete(each[i + 1]);
            }
        }
    }

    private enum State {
        FROZEN,
        OPEN,
        REFUSING,
        CLOSED
    }

    /** Calls that wait to be sent. */
    static final int WAITING_MAX = 1 << 16;

    /** Their bytes; one alone may have more. */
    static final long WAITING_BYTES_MAX = 64 << 20;

    /**
     * So many calls that could be combined are under way at once to one object; those behind them wait, and combine.
     */
    private static final int COMBINABLE_MAX = 2;

    private final MemberId self;
    private final Sender sender;
    private final ArrayDeque<Call> sent = new ArrayDeque<>();
    private final ArrayDeque<Call> unsent = new ArrayDeque<>();
    private final TreeMap<Long, Integer> combinable = new TreeMap<>(); // how many of those sent, by object
    private int waiting; // in those that are not sent
    private long waitingBytes; // likewise
    private State state = State.FROZEN;
    private boolean stopped;
    private long ring;
    private long lastRequest;
    private long lastAnswered;

    PendingCalls(MemberId self, Sender sender) {
        this.self = self;
        this.sender = sender;
    }

    /**
     * Makes a call. Any thread; never blocks.
     *
     * @throws NotPrimaryException if this member is in no primary component
     * @throws RingClosedException if it has ended or leaves
     * @throws ReplicaException if too many calls wait already
     */
    void make(Call call) {
        synchronized (this) {
            switch (state) {
                case CLOSED -> throw new RingClosedException("this member has ended: nothing can be called any more");
                case REFUSING -> throw notPrimary();
                default -> {
                    if (stopped) {
                        throw new RingClosedException("this member is leaving: nothing can be called any more");
                    }
                    checkRoom(call);
                    waits(call);
                    Call last = unsent.peekLast();
                    if (last == null || !last.takes(call)) {
                        unsent.add(call);
                        sendUnsent();
                    }
                }
            }
        }
    }

    private void checkRoom(Call call) {
        if (waiting >= WAITING_MAX) {
            throw full(waiting + " calls");
        }
        if (waiting > 0 && waitingBytes + call.bytes() > WAITING_BYTES_MAX) {
            throw full(waiting + " calls with " + waitingBytes + " bytes");
        }
    }

    private static ReplicaException full(String what) {
        return new ReplicaException(what + " of this member wait to be sent already: wait for answers before making"
                + " more. Nothing has been changed");
    }

    private void waits(Call call) {
        waiting += call.count();
        waitingBytes += call.bytes();
    }

    private void waitsNoMore(Call call) {
        waiting -= call.count();
        waitingBytes -= call.bytes();
    }

    /** Calls that wait to be sent. Any thread. */
    synchronized int waiting() {
        return waiting;
    }

    /** Their bytes. Any thread. */
    synchronized long waitingBytes() {
        return waitingBytes;
    }

    private static NotPrimaryException notPrimary() {
        return new NotPrimaryException("this member is not in the primary component:"
                + " others may go on without it, so it changes nothing. The call has not been carried out;"
                + " make it again when a majority is here (vs.quorum.expected-members)");
    }

    /** Sends what has not found room before. Any thread. */
    synchronized void sendUnsent() {
        while (state == State.OPEN && !unsent.isEmpty()) {
            Call call = unsent.getFirst();
            if (mayGrow(call) || !send(call, lastRequest + 1)) {
                return;
            }
            call.request = ++lastRequest; // the one it had, if it was sent before
            waitsNoMore(call);
            sent.add(unsent.removeFirst());
            if (call.combination != null) {
                combinable.merge(call.object, 1, Integer::sum);
            }
        }
    }

    /** Whether it waits for others to join it: not if there is a call behind it, which did not. */
    private boolean mayGrow(Call call) {
        return call.combination != null
                && call.request == 0
                && unsent.size() == 1
                && combinable.getOrDefault(call.object, 0) >= COMBINABLE_MAX;
    }

    /** It is not under way any more. */
    private void landed(Call call) {
        if (call.combination != null) {
            combinable.computeIfPresent(call.object, (object, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean send(Call call, long request) {
        Command command = new Command(self, request, lastAnswered, call.object, call.creation, call.body);
        return sender.send(ring, command, call.guarantee);
    }

    /** No call is made any more; those that were are carried out. Any thread. */
    synchronized void stop() {
        stopped = true;
    }

    /** Whether all that were made have been answered. Any thread. */
    synchronized boolean isEmpty() {
        return sent.isEmpty() && unsent.isEmpty();
    }

    synchronized void freeze() {
        if (state != State.CLOSED) {
            state = State.FROZEN;
        }
    }

    /** Calls that may have been carried out wait on, the others are refused. Delivery thread. */
    void refuse() {
        List<Call> refused = new ArrayList<>();
        synchronized (this) {
            if (state == State.CLOSED) {
                return;
            }
            state = State.REFUSING;
            for (Call call : unsent) {
                if (call.request == 0 || ReplicaMutant.REFUSED_ALTHOUGH_SENT) {
                    refused.add(call);
                    waitsNoMore(call);
                }
            }
            unsent.removeIf(call -> call.request == 0 || ReplicaMutant.REFUSED_ALTHOUGH_SENT);
            while (ReplicaMutant.REFUSED_ALTHOUGH_SENT && !sent.isEmpty()) {
                refused.add(sent.removeFirst());
            }
        }
        refused.forEach(call -> call.fail(notPrimary()));
    }

    /**
     * Goes on. Delivery thread.
     *
     * @param ringSequence the ring on which the primary component is established
     * @param clients what has been applied
     */
    void open(long ringSequence, Clients clients) {
        List<Call> known = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        synchronized (this) {
            if (state == State.CLOSED) {
                return;
            }
            boolean forgotten = lastAnswered > 0 && clients.last(self) < 0;
            while (!sent.isEmpty()) {
                Call call = sent.getFirst();
                Answer answer = forgotten
                        ? new Answer(Answer.Kind.FORGOTTEN, Answer.NOTHING)
                        : clients.before(self, call.request);
                if (answer == null) {
                    break;
                }
                landed(call);
                known.add(sent.removeFirst());
                answers.add(answer);
                lastAnswered = call.request;
            }
            ring = ringSequence;
            state = State.OPEN;
            // In front again, in their order and with their numbers.
            lastRequest -= sent.size();
            while (!sent.isEmpty()) {
                landed(sent.getLast());
                waits(sent.getLast());
                unsent.addFirst(sent.removeLast());
            }
            sendUnsent();
        }
        for (int i = 0; i < known.size(); i++) {
            complete(known.get(i), answers.get(i));
        }
    }

    /** The first of those that were sent has been carried out. Delivery thread. */
    void answered(long request, Answer answer) {
        Call call;
        synchronized (this) {
            call = sent.poll();
            if (call == null || call.request != request) {
                throw new IllegalStateException("call " + request + " was answered, expected was "
                        + (call == null ? "none" : "call " + call.request));
            }
            lastAnswered = request;
            landed(call);
            sendUnsent();
        }
        complete(call, answer);
    }

    private static void complete(Call call, Answer answer) {
        switch (answer.kind()) {
            case REFUSED -> call.fail(new ReplicaException(answer.text()));
            case FORGOTTEN ->
                call.fail(new OutcomeUnknownException(
                        "the primary component does not remember whether this call was carried out"));
            default -> call.complete(answer);
        }
    }

    /** Nothing comes any more. Delivery thread, or whoever found it dead. */
    void close() {
        List<Call> unknown = new ArrayList<>();
        List<Call> refused = new ArrayList<>();
        synchronized (this) {
            state = State.CLOSED;
            for (Call call : unsent) {
                (call.request == 0 ? refused : unknown).add(call);
            }
            unknown.addAll(sent);
            sent.clear();
            unsent.clear();
            waiting = 0;
            waitingBytes = 0;
        }
        unknown.forEach(call -> call.fail(new OutcomeUnknownException(
                "this member ended before it could know whether the call was carried out")));
        refused.forEach(call -> call.fail(
                new RingClosedException("this member ended before the call was sent: it has not been carried out")));
    }
}
