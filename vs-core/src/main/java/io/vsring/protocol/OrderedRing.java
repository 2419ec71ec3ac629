package io.vsring.protocol;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Mutant;
import io.vsring.wire.RingSettings;
import io.vsring.wire.Token;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One ring as this member sees it: who is on it, which of its frames are here, what is known of the others' frames.
 *
 * <p>Recovery holds two of these: the old ring, whose numbers no longer move, and the new one.
 */
final class OrderedRing {

    private final RingId id;
    private final RingSettings settings;
    private final List<Member> members;
    private final MemberSet memberSet;
    private final int selfIndex;
    private final List<MemberAddress> peers;
    private final ReceiveWindow window;

    private long delivered;
    private long safeLine;
    private long forwardedAru;
    private long lastVisit;
    private long lastOwn;
    private long promised;
    private @Nullable Token forwarded;
    private @Nullable MemberId lastSpeaker;
    private boolean awaitsSign;

    OrderedRing(RingId id, RingSettings settings, List<Member> members, MemberId self, int storeFrames) {
        this.id = id;
        this.settings = settings;
        this.members = List.copyOf(members);
        this.memberSet = MemberSet.of(members.stream().map(Member::id).toList());
        this.selfIndex = memberSet.indexOf(self);
        this.peers = members.stream()
                .filter(member -> !member.id().equals(self))
                .map(Member::address)
                .toList();
        this.window = new ReceiveWindow(storeFrames);
        Invariant.check(selfIndex >= 0, "a member is on its own ring");
    }

    RingId id() {
        return id;
    }

    RingSettings settings() {
        return settings;
    }

    /** In ring order. */
    List<Member> members() {
        return members;
    }

    MemberSet memberSet() {
        return memberSet;
    }

    int size() {
        return members.size();
    }

    /** This member's place in ring order. */
    int selfIndex() {
        return selfIndex;
    }

    boolean isRepresentative() {
        return selfIndex == 0;
    }

    /**
     * [DEV-17] The member with which the token of a silent ring rests: who numbered the last frame, or the
     * representative where nobody has numbered any. All know the same, since on a silent ring all have that frame.
     */
    Member lastSpeaker() {
        MemberId speaker = lastSpeaker;
        return members.get(speaker == null ? 0 : memberSet.indexOf(speaker));
    }

    /** Whether the token of a silent ring rests here. */
    boolean spokeLast() {
        MemberId speaker = lastSpeaker;
        return speaker == null ? isRepresentative() : speaker.equals(memberSet.get(selfIndex));
    }

    Member successor() {
        int step = Mutant.RING_ORDER_DIFFERS && selfIndex % 2 == 1 ? size() - 1 : 1;
        return members.get((selfIndex + step) % size());
    }

    Member predecessor() {
        return members.get((selfIndex + size() - 1) % size());
    }

    /** The addresses of all but this member. */
    List<MemberAddress> peers() {
        return peers;
    }

    RingConfiguration configuration() {
        return RingConfiguration.regular(id, memberSet);
    }

    ReceiveWindow window() {
        return window;
    }

    /** The number of the last frame that was handed on in order, or passed over because it was a recovery frame. */
    long delivered() {
        return delivered;
    }

    /** Every member of this ring holds every frame up to here. */
    long safeLine() {
        return safeLine;
    }

    /** The aru in the token as we last passed it on. */
    long forwardedAru() {
        return forwardedAru;
    }

    /** The token as we last passed it on; null before the first visit. */
    @Nullable
    Token forwarded() {
        return forwarded;
    }

    /** Who was to get the token as we last passed it on: our successor, unless it was asked for. */
    Member passedTo() {
        Token passed = forwarded;
        return passed == null ? successor() : members.get(memberSet.indexOf(passed.destination()));
    }

    /** Whether nothing has shown yet that the token which we passed on arrived. */
    boolean awaitsSign() {
        return awaitsSign;
    }

    /** Longer rings wait longer: each further member adds what a lost hop costs. */
    long tokenLossNanos() {
        return settings.tokenLossNanos() + Math.max(0, size() - 3) * (settings.tokenRetransmitNanos() / 4);
    }

    /** Why this token is not to be worked on, or null if it is. Nothing has been changed by it then. [ORD-2] */
    @Nullable
    DropReason refuses(Token token) {
        if (!token.destination().equals(memberSet.get(selfIndex))) {
            return DropReason.NOT_FOR_US;
        }
        if (!isNew(token)) {
            if (Mutant.ARU_OF_DUPLICATE) {
                witness(token);
            }
            return DropReason.DUPLICATE;
        }
        boolean plausible = (token.sequence() >= window.highest() || Mutant.ORIGINATE_TWICE)
                && token.aru() <= token.sequence()
                && token.sequence() - window.releasedUpTo() <= window.capacity()
                && token.aruHolder() < size()
                && token.limitHolder() < size()
                && token.nextLimitHolder() < size();
        return plausible ? null : DropReason.IMPLAUSIBLE;
    }

    private boolean isNew(Token token) {
        return token.visit() > lastVisit || Mutant.DUPLICATE_TOKEN || (Mutant.ORIGINATE_TWICE && token.visit() == 1);
    }

    /**
     * Takes note of a token that has come.
     *
     * <p>[ORD-5] [DEV-3] Whoever lacks a frame lowers the aru, and nobody else may raise it again. So every member
     * held, when it had the token between our last visit and this one, at least the smaller of what we passed on then
     * and what we receive now; who was passed over [DEV-16] held all that there was (Totem, TOCS 1995, section 3; the
     * paper compares two received values and knows it a rotation later).
     */
    void arrived(Token token) {
        Invariant.check(isNew(token), "a token that is worked on is new", token.visit(), lastVisit);
        lastVisit = token.visit();
        awaitsSign = false;
        witness(token);
        Invariant.check(safeLine <= window.aru(), "what is safe is here", safeLine, window.aru());
    }

    private void witness(Token token) {
        safeLine = Math.max(safeLine, Mutant.SAFE_AT_ONE_ARU ? token.aru() : Math.min(forwardedAru, token.aru()));
    }

    /** Takes note of the token as it was passed on. */
    void passedOn(Token token) {
        forwarded = token;
        forwardedAru = token.aru();
        awaitsSign = size() > 1;
    }

    /** [ORD-7] A token for another member that is newer than the one which we passed on shows that it arrived. */
    void sighted(Token token) {
        Token passed = forwarded;
        if (passed != null && token.visit() > passed.visit()) {
            awaitsSign = false;
        }
    }

    /** [FLOW-4] The application has room for every frame up to here, as the token has been told at some visit. */
    void promise(long lane) {
        promised = Math.max(promised, lane);
    }

    /**
     * [ORD-10] Whether a member of this ring can have numbered a frame that is not here yet: another one, since our own
     * are here, and not beyond the room that we have told. Frames of recovery pass the limit.
     */
    boolean isPossible(DataFrame frame) {
        boolean inRoom = frame.isRecovery() || frame.sequence() <= promised || Mutant.LIMIT_IGNORED;
        int sender = memberSet.indexOf(frame.sender());
        return inRoom && sender >= 0 && sender != selfIndex;
    }

    /** Stores a frame of this ring. Returns false if it was here already; the window must accept it. */
    boolean store(DataFrame frame) {
        Token passed = forwarded;
        if (awaitsSign && passed != null && frame.sequence() > passed.sequence()) {
            awaitsSign = false; // [ORD-7] somebody has numbered a frame since: the token has arrived
        }
        if (frame.sequence() > window.highest()) {
            lastSpeaker = frame.sender();
        }
        return window.insert(frame);
    }

    /**
     * The next frame in order if it may be delivered now, counted as delivered from here on; else null. [ORD-6] A safe
     * frame that not all are known to hold stops everything behind it.
     */
    @Nullable
    DataFrame takeDeliverable() {
        DataFrame frame = window.get(delivered + 1);
        if (Mutant.GAP_IGNORED && frame == null && delivered + 1 < window.highest()) {
            delivered++;
            return takeDeliverable();
        }
        if (frame == null || (frame.isSafe() && frame.sequence() > safeLine && !Mutant.SAFE_IS_AGREED)) {
            return null;
        }
        delivered++;
        return frame;
    }

    /** The number of the last frame of messages that this member sent. */
    long lastOwn() {
        return lastOwn;
    }

    void numbered(long sequence) {
        lastOwn = sequence;
    }

    /** A frame of messages of a ring that no longer turns. */
    void takeLate(DataFrame frame) {
        boolean possible = !frame.isRecovery() && isPossible(frame);
        if (possible && window.accepts(frame.sequence())) {
            window.insert(frame);
        }
    }

    /** Everything up to this number has been delivered or skipped: the ring has ended. */
    void end(long upTo) {
        delivered = upTo;
    }

    /** [ORD-9] Lets go of what every member holds and this one has delivered, and hands it to the taker. */
    void release(Consumer<DataFrame> taker) {
        window.release(Math.min(Mutant.RELEASE_AT_ONE_ARU ? window.aru() : safeLine, delivered), taker);
    }
}
