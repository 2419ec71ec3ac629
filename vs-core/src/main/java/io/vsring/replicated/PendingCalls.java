package io.vsring.replicated;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingClosedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this member that have not been answered, in the order in which they were made. Any thread makes calls,
 * the delivery thread answers them.
 *
 * <p>Calls are sent in order while this member is in the primary component. When that ends they wait; in the next one
 * those that had been sent are answered if they have been applied, and sent again with their old numbers if not, before
 * any newer one is.
 */
final class PendingCalls {

    /** Sends a command with a ring. */
    interface Sender {

        /** False if there is no room for it now. */
        boolean send(long ringSequence, Command command, Guarantee guarantee);
    }

    /** A call and its answer to come. */
    static final class Call {

        private final Guarantee guarantee;
        private final long object;
        private final Command.@Nullable Creation creation;
        private final byte[] body;
        private final CompletableFuture<Answer> answer;
        private long request; // 0 until it is sent for the first time

        Call(
                Guarantee guarantee,
                long object,
                Command.@Nullable Creation creation,
                byte[] body,
                CompletableFuture<Answer> answer) {
            this.guarantee = guarantee;
            this.object = object;
            this.creation = creation;
            this.body = body;
            this.answer = answer;
        }
    }

    private enum State {
        FROZEN,
        OPEN,
        REFUSING,
        CLOSED
    }

    private static final int WAITING_MAX = 1 << 16;

    private final MemberId self;
    private final Sender sender;
    private final ArrayDeque<Call> sent = new ArrayDeque<>();
    private final ArrayDeque<Call> unsent = new ArrayDeque<>();
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
                    if (unsent.size() >= WAITING_MAX) {
                        throw new ReplicaException(WAITING_MAX + " calls of this member wait to be sent already:"
                                + " wait for answers before making more. Nothing has been changed");
                    }
                    unsent.add(call);
                    sendUnsent();
                }
            }
        }
    }

    private static NotPrimaryException notPrimary() {
        return new NotPrimaryException("this member is not in the primary component:"
                + " others may go on without it, so it changes nothing. The call has not been carried out");
    }

    /** Sends what has not found room before. Any thread. */
    synchronized void sendUnsent() {
        while (state == State.OPEN && !unsent.isEmpty()) {
            Call call = unsent.getFirst();
            if (!send(call, lastRequest + 1)) {
                return;
            }
            call.request = ++lastRequest; // the one it had, if it was sent before
            sent.add(unsent.removeFirst());
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
                }
            }
            unsent.removeIf(call -> call.request == 0 || ReplicaMutant.REFUSED_ALTHOUGH_SENT);
            while (ReplicaMutant.REFUSED_ALTHOUGH_SENT && !sent.isEmpty()) {
                refused.add(sent.removeFirst());
            }
        }
        refused.forEach(call -> call.answer.completeExceptionally(notPrimary()));
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
                known.add(sent.removeFirst());
                answers.add(answer);
                lastAnswered = call.request;
            }
            ring = ringSequence;
            state = State.OPEN;
            // In front again, in their order and with their numbers.
            lastRequest -= sent.size();
            while (!sent.isEmpty()) {
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
            sendUnsent();
        }
        complete(call, answer);
    }

    private static void complete(Call call, Answer answer) {
        switch (answer.kind()) {
            case REFUSED -> call.answer.completeExceptionally(new ReplicaException(answer.text()));
            case FORGOTTEN ->
                call.answer.completeExceptionally(new OutcomeUnknownException(
                        "the primary component does not remember whether this call was carried out"));
            default -> call.answer.complete(answer);
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
        }
        unknown.forEach(call -> call.answer.completeExceptionally(new OutcomeUnknownException(
                "this member ended before it could know whether the call was carried out")));
        refused.forEach(call -> call.answer.completeExceptionally(
                new RingClosedException("this member ended before the call was sent: it has not been carried out")));
    }
}
