package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Mutant;
import io.vsring.wire.Token;
import io.vsring.wire.WireFormat;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Visits of the token to this member on one ring. Frames get their sequence numbers here and nowhere else.
 *
 * <p>A visit is {@link #work}, then {@link #passOn}; recovery looks at the outcome in between. One object serves all
 * visits.
 */
final class TokenVisit {

    /** [FLOW-3] [DEV-4] Repairs have their own allowance, or a full ring could never repair itself. */
    private static final int REPAIRS_MIN = 8;

    /** One in so many frames that a visit may send goes before the token. */
    private static final int FIRST_SHARE = 8;

    /**
     * But not more than this for each receiver together: where each gets a datagram of its own, they take about as long
     * as a hop of the token.
     */
    private static final int FIRST_DATAGRAMS = 16;

    private final OrderedRing ring;
    private final LocalMember local;
    private final FlowControl flow;
    private final long[] seenSequences;
    private final long[] requests;
    private final ArrayDeque<DataFrame> afterToken = new ArrayDeque<>();
    private final Consumer<DataFrame> released;
    private int oldestSeen;

    private @Nullable Token token;
    private int requestCount;
    private int sentNow;
    private long sequence;
    private long aru;
    private int aruHolder;
    private long limit;
    private int limitHolder;
    private long nextLimit;
    private int nextLimitHolder;
    private int backlogFrames;

    TokenVisit(OrderedRing ring, LocalMember local) {
        this.ring = ring;
        this.local = local;
        ProtocolOptions options = local.options();
        this.flow = new FlowControl(ring.settings().windowFrames(), options.visitFrames(), options.storeFrames());
        this.seenSequences = new long[Math.max(1, options.missVisits())];
        this.released = local.effects()::released;
        this.requests = new long[WireFormat.requestsMax(ring.settings().frameBytes())];
    }

    /** The highest number given out, this visit's frames included. */
    long sequence() {
        return sequence;
    }

    /**
     * Repairs what others miss, sends what may be sent, asks for what we miss.
     *
     * @param lane the application's room: no frame beyond it may be numbered, by anybody
     * @param limited whether the ring's limit binds this visit: recovery frames are never delivered and may pass it
     */
    void work(Token received, FrameSource source, long lane, Limit limited) {
        token = received;
        sequence = received.sequence();
        sentNow = 0;
        local.counters().tokenVisits++;
        ring.promise(lane);
        settleLimit(received, lane);
        ring.release(released);
        repair(received);
        backlogFrames = source.backlogFrames();
        long allowed = flow.allowance(received, backlogFrames);
        countRefusal(received, allowed);
        if (limited == Limit.BINDS && !Mutant.LIMIT_IGNORED) {
            allowed = Math.min(allowed, limit - sequence); // [FLOW-4]
        }
        long before = sequence;
        allowed = Math.min(allowed, ring.window().releasedUpTo() + ring.window().capacity() - sequence);
        sendNew(source, allowed, limited == Limit.BINDS ? behindToken(allowed) : 0);
        if (limited == Limit.BINDS && sequence > before) {
            ring.numbered(sequence);
        }
        request(received);
        settleAru(received);
    }

    private void countRefusal(Token received, long allowed) {
        if (allowed == 0 && backlogFrames > 0) {
            if (flow.brakes(received)) {
                local.counters().lagBrakes++;
            } else {
                local.counters().windowsFull++;
            }
        }
    }

    /** Whether the ring's limit binds a visit. */
    enum Limit {
        BINDS,
        PASSED_OVER
    }

    /** [ORD-3] Whoever holds what is asked for sends it again and strikes the request; the rest travels on. */
    private void repair(Token received) {
        int allowance = Math.max(REPAIRS_MIN, local.options().visitFrames());
        requestCount = 0;
        for (long missing : received.requests()) {
            if (missing <= received.aru() && !Mutant.FREED_STILL_REQUESTED) {
                continue; // it has come meanwhile: its asker held the aru below it, and alone may raise it [ORD-5]
            }
            DataFrame frame = ring.window().get(missing);
            if (frame != null && allowance > 0) {
                allowance--;
                sentNow++;
                local.counters().framesRepaired++;
                local.effects().broadcast(ring.peers(), frame);
                if (!Mutant.FREED_STILL_REQUESTED) {
                    continue;
                }
            }
            if (requestCount < requests.length) {
                requests[requestCount++] = missing;
            }
        }
    }

    /**
     * [DEV-15] How many of the frames of this visit go behind the token. The first few never do, nor does a single one:
     * whoever gets the token before them has to lower the aru, so what is safe waits for another rotation, and a few
     * frames cannot save that much. On a large ring even a few do: each goes to each other member.
     */
    private long behindToken(long allowed) {
        long frames = Math.min(allowed, backlogFrames);
        if (frames <= 1) {
            return 0;
        }
        ProtocolOptions options = local.options();
        int receivers = Math.max(1, ring.size() - 1);
        int first = Math.min(options.visitFrames() / FIRST_SHARE, FIRST_DATAGRAMS / receivers);
        return Math.max(0L, Math.min((long) options.acceleratedFrames(), frames - first));
    }

    /** [ORD-11] [DEV-15] The last ones wait until the token is on its way; what has a number is sent all the same. */
    private void sendNew(FrameSource source, long allowed, long accelerated) {
        for (long left = allowed; left > 0 && !source.isEmpty(); left--) {
            DataFrame frame = source.next(ring.id(), ++sequence); // [ORD-1] here and nowhere else
            ring.store(frame);
            sentNow++;
            local.counters().framesNumbered++;
            afterToken.add(frame);
            if (afterToken.size() > accelerated) {
                local.effects().broadcast(ring.peers(), afterToken.remove());
            }
        }
    }

    private void sendAfterToken() {
        if (!afterToken.isEmpty()) {
            local.effects().hasten();
            while (!afterToken.isEmpty()) {
                local.effects().broadcast(ring.peers(), afterToken.remove());
            }
        }
    }

    /**
     * [ORD-4] Asks for frames that had been numbered some visits ago and are not here. The bound is what tokens say,
     * not the highest frame seen: else a lost last frame would never be asked for.
     */
    private void request(Token received) {
        seenSequences[oldestSeen] = received.sequence();
        oldestSeen = (oldestSeen + 1) % seenSequences.length;
        long bound = seenSequences[oldestSeen]; // 0 at the first visits
        if (Mutant.REQUEST_UP_TO_HIGHEST_SEEN) {
            bound = Math.min(bound, ring.window().highest());
        }
        if (Mutant.REQUESTED_AT_ONCE) {
            bound = received.sequence();
        }
        ReceiveWindow window = ring.window();
        int others = requestCount;
        for (long missing = window.aru() + 1; missing <= bound && requestCount < requests.length; missing++) {
            if (!window.holds(missing) && window.accepts(missing) && !isAmong(missing, others)) {
                requests[requestCount++] = missing;
                local.counters().framesRequested++;
            }
        }
        Arrays.sort(requests, 0, requestCount);
    }

    private boolean isAmong(long missing, int count) {
        for (int each = 0; each < count; each++) {
            if (requests[each] == missing) {
                return true;
            }
        }
        return false;
    }

    /**
     * [ORD-5] Anybody lowers the aru to what it has; only who holds it down, or anybody when nobody does, raises it.
     */
    private void settleAru(Token received) {
        long mine = ring.window().aru();
        aru = received.aru();
        aruHolder = received.aruHolder();
        boolean mayRaise = aruHolder == ring.selfIndex() || aruHolder == Token.NOBODY || Mutant.ARU_RAISED_BY_ANYBODY;
        if (mine < aru || mayRaise) {
            aru = mine;
            aruHolder = aru == sequence ? Token.NOBODY : ring.selfIndex();
        }
    }

    /**
     * [FLOW-4] [DEV-5] The limit in force is the smallest room found in the last whole rotation. Room only grows, so an
     * old finding is on the safe side; the representative starts a new one.
     */
    private void settleLimit(Token received, long lane) {
        limit = received.limit();
        limitHolder = received.limitHolder();
        nextLimit = received.nextLimit();
        nextLimitHolder = received.nextLimitHolder();
        if (ring.isRepresentative()) {
            limit = nextLimit;
            limitHolder = nextLimitHolder;
            nextLimit = lane;
            nextLimitHolder = 0;
        } else if (lane < nextLimit) {
            nextLimit = lane;
            nextLimitHolder = ring.selfIndex();
        }
    }

    /**
     * Passes the token on. [DEV-2] It leaves before anything else is delivered: the next must not wait for our
     * application.
     */
    void passOn(Note note) {
        Token received = Objects.requireNonNull(token, "a token that is passed on has been worked on");
        int framesSent = flow.framesSent(received, sentNow, sequence, requestCount);
        int backlog = flow.backlog(received, backlogFrames);
        Token next = new Token(
                ring.id(),
                ring.successor().id(),
                received.visit() + 1,
                sequence,
                aru,
                aruHolder,
                framesSent,
                backlog,
                note == Note.RECOVERING,
                note == Note.HOLDING,
                limit,
                limitHolder,
                nextLimit,
                nextLimitHolder,
                Arrays.copyOf(requests, requestCount));
        token = null;
        send(next, ring.successor());
    }

    /**
     * [DEV-16] Hands a token that was held to the member that asked for it, past those in between: as if they had had
     * it and had found nothing to do. What we held says that everybody has all that was numbered, and nothing is
     * numbered here, so they could have changed nothing but the limits, for which not all have been asked in this
     * rotation: what the last whole one found binds the next one too.
     */
    void handOver(Token held, Member asker) {
        send(held.handedTo(asker.id()), asker);
    }

    private void send(Token next, Member receiver) {
        ring.passedOn(next);
        local.send(receiver, next);
        sendAfterToken();
        local.effects().arm(Timer.TOKEN_LOSS, ring.tokenLossNanos());
        if (ring.size() > 1) {
            // [DEV-1] Where the token rests, what shows that it has arrived comes after its rest.
            long rest = next.holding() ? ring.settings().holdNanos() : 0;
            local.effects().arm(Timer.TOKEN_RETRANSMIT, rest + ring.settings().tokenRetransmitNanos());
        }
    }

    /**
     * [ORD-7] A token of this ring is not to be worked on. If it is for another member it may be a sign; if we have not
     * heard of it, it is on the long way there [DEV-16], which ends with the member that it is for. If we have worked
     * on it, whoever sent it misses one, and gets to see what became of it. In a ring of two that would be its token,
     * and its copy would be answered by a copy, for ever.
     *
     * @param handedBy whom we had asked for the last token, from whom it may have come instead of our predecessor
     */
    void refused(Token refused, DropReason reason, @Nullable Member handedBy) {
        Token passed = ring.forwarded();
        if (passed == null) {
            return;
        }
        if (reason == DropReason.NOT_FOR_US) {
            ring.sighted(refused);
            // One for nobody would go round for ever.
            if (refused.visit() > passed.visit() && ring.memberSet().contains(refused.destination())) {
                local.effects().sendTo(ring.successor(), refused);
            }
        } else if (reason == DropReason.DUPLICATE && refused.visit() < passed.visit() && ring.size() > 2) {
            local.effects().sendTo(ring.predecessor(), passed);
            if (handedBy != null
                    && !handedBy.equals(ring.predecessor())
                    && !handedBy.id().equals(local.id())) {
                local.effects().sendTo(handedBy, passed);
            }
        }
    }

    /** What is said with the token. */
    enum Note {
        /** Nothing. */
        NONE,
        /** Somebody still has frames of an old ring to pass on. */
        RECOVERING,
        /** Who spoke last will hold the token when it comes back. */
        HOLDING
    }
}
