package io.vsring.protocol;

import static io.vsring.protocol.Cast.MILLI;
import static io.vsring.protocol.Cast.addressOf;
import static io.vsring.protocol.Cast.member;
import static io.vsring.protocol.TokenBuilder.after;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.wire.CommitToken;
import io.vsring.wire.CommitToken.Entry;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.Datagram;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.OutgoingMessage;
import io.vsring.wire.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One member behind its public door, and a script that says what comes from the others.
 *
 * <p>The others are well-behaved unless a test says otherwise: they agree, they hold what this member holds, and they
 * have nothing to send.
 */
final class ScriptedMember {

    static final long FOREIGN_NONCE = 77;

    final RecordedEffects effects = new RecordedEffects();
    final TotemProtocol protocol;
    private final MemberId self;
    private final Map<MemberId, OldRing> shares = new TreeMap<>();
    private long now;
    private long submitted;

    private ScriptedMember(MemberId self, ProtocolOptions options) {
        this.self = self;
        this.protocol = new TotemProtocol(member(self), options, effects, 1, self.id());
    }

    static ScriptedMember started(MemberId self, ProtocolOptions options) {
        ScriptedMember script = new ScriptedMember(self, options);
        script.protocol.start(0);
        return script;
    }

    static ScriptedMember started(MemberId self) {
        return started(self, OptionsBuilder.options().build());
    }

    /** On a ring with these, and nothing recorded of how it came there. */
    static ScriptedMember onRing(MemberId self, MemberId... members) {
        return started(self).joins(members);
    }

    /** On a ring of these whose token has been lost; what is new is not said on the heels of what it has just said. */
    static ScriptedMember gathering(MemberId self, MemberId... members) {
        return onRing(self, members).fires(Timer.TOKEN_LOSS).waits(5);
    }

    /** Others are looked for where these are. */
    ScriptedMember seeks(MemberId... others) {
        protocol.onSeeds(Arrays.stream(others).map(Cast::addressOf).toList());
        return this;
    }

    /** Goes the whole way to a ring of these members. */
    ScriptedMember joins(MemberId... members) {
        gathersWith(members).commits(members).recovers().installs();
        effects.clear();
        return this;
    }

    /** Hears all others of these both ways, if they are not on its ring anyway, and that they want this ring. */
    ScriptedMember gathersWith(MemberId... members) {
        if (protocol.state() == StateName.OPERATIONAL
                && protocol.view().members().size() > 1) {
            fires(Timer.TOKEN_LOSS);
        }
        for (MemberId other : others(members)) {
            if (!protocol.view().members().contains(other)) {
                meets(other);
            }
        }
        for (MemberId other : others(members)) {
            hears(Cast.join(other, ringSequence(), members));
        }
        return this;
    }

    /** This stranger and we have heard each other. */
    ScriptedMember meets(MemberId stranger) {
        RingId theirs = Cast.alone(stranger);
        hears(new MergeProbe(member(stranger), theirs, FOREIGN_NONCE, 0));
        return hears(new MergeProbe(member(stranger), theirs, FOREIGN_NONCE, nonce()));
    }

    /** The nonce that it said last. */
    long nonce() {
        return effects.last(MergeProbe.class).nonce();
    }

    /** Takes part in the first rotation of the commit token: as representative, or when it comes from others. */
    ScriptedMember commits(MemberId... members) {
        if (protocol.state() != StateName.COMMIT) {
            hears(proposal(ringSequence() + 1, members));
        }
        expect(StateName.COMMIT);
        return this;
    }

    /** The commit token as it comes to this member, which is not the representative, on the first rotation. */
    CommitToken proposal(long ringSequence, MemberId... members) {
        MemberSet set = MemberSet.of(members);
        int place = set.indexOf(self);
        List<Entry> entries = new ArrayList<>();
        for (MemberId each : set) {
            entries.add(new Entry(member(each), entries.size() < place ? share(each) : null));
        }
        RingId ringId = new RingId(set.lowest(), ringSequence);
        return new CommitToken(ringId, self, place, protocol().settings(), entries);
    }

    private ProtocolOptions protocol() {
        return OptionsBuilder.options().build();
    }

    /** What another brings along from its old ring; unless said, what this member would bring, or nothing if alone. */
    ScriptedMember brings(MemberId other, OldRing share) {
        shares.put(other, share);
        return this;
    }

    private OldRing share(MemberId other) {
        OldRing said = shares.get(other);
        if (said != null) {
            return said;
        }
        RingView view = protocol.view();
        return view.members().contains(other)
                ? new OldRing(view.ringId(), view.aru(), view.highest(), view.safeLine(), 0)
                : new OldRing(Cast.alone(other), 0, 0, 0, 0);
    }

    /** The commit token as it comes back on its second rotation. */
    CommitToken secondRotation() {
        CommitToken first = effects.last(CommitToken.class);
        List<Entry> entries = first.entries().stream()
                .map(entry -> entry.old() != null
                        ? entry
                        : new Entry(entry.member(), share(entry.member().id())))
                .toList();
        int hop = entries.size() + first.members().indexOf(self);
        return new CommitToken(first.ringId(), self, hop, first.settings(), entries);
    }

    /** The commit token when it is back for the third time, at the representative. */
    CommitToken backHome() {
        CommitToken second = effects.last(CommitToken.class);
        int hop = 2 * second.entries().size();
        return new CommitToken(second.ringId(), self, hop, second.settings(), second.entries());
    }

    /** Learns what all hold: the new ring begins to turn. */
    ScriptedMember recovers() {
        hears(secondRotation());
        expect(StateName.RECOVERY);
        return this;
    }

    /** Has the first token of the new ring, and passes it on. */
    ScriptedMember turns() {
        CommitToken commit = effects.last(CommitToken.class);
        if (commit.members().lowest().equals(self)) {
            hears(backHome());
        } else {
            int place = commit.members().indexOf(self);
            hears(TokenBuilder.aToken(commit.ringId(), self, 1 + place).build());
        }
        return this;
    }

    /** The token goes round until the new ring is installed. */
    ScriptedMember installs() {
        turns();
        for (int rotation = 0; protocol.state() == StateName.RECOVERY && rotation < 10; rotation++) {
            tokenComesBack();
        }
        expect(StateName.OPERATIONAL);
        return this;
    }

    /** The token that this member passed on last, when it is back from members that have everything. */
    TokenBuilder token() {
        Token passed = effects.last(Token.class);
        int hops = (turning().size() - 1);
        return after(passed, hops, self);
    }

    /** The members of the ring that turns, installed or not. */
    private MemberSet turning() {
        return protocol.state() == StateName.RECOVERY
                ? effects.last(CommitToken.class).members()
                : protocol.view().members();
    }

    ScriptedMember tokenComesBack() {
        return hears(token().build());
    }

    ScriptedMember tokenComesBack(Consumer<TokenBuilder> asChanged) {
        TokenBuilder token = token();
        asChanged.accept(token);
        return hears(token.build());
    }

    /** From whom does not matter. */
    ScriptedMember hears(Datagram datagram) {
        MemberId anybody = new MemberId(99, 99);
        return hears(datagram, anybody);
    }

    ScriptedMember hears(Datagram datagram, MemberId from) {
        protocol.onDatagram(datagram, addressOf(from), now);
        return this;
    }

    /** Time passes up to the end of this timer, if it runs; and it fires. */
    ScriptedMember fires(Timer timer) {
        now += effects.runs(timer) ? effects.delayOf(timer) : 0;
        protocol.onTimer(timer, now);
        return this;
    }

    /** Sends what it passed on so often that its successor had time to give a sign. */
    ScriptedMember waitsForASign() {
        return fires(Timer.TOKEN_RETRANSMIT).fires(Timer.TOKEN_RETRANSMIT).fires(Timer.TOKEN_RETRANSMIT);
    }

    ScriptedMember unreachable(MemberId other) {
        protocol.onUnreachable(addressOf(other), now);
        return this;
    }

    ScriptedMember pauses() {
        protocol.onPause(now);
        return this;
    }

    ScriptedMember leaves() {
        protocol.leave(now);
        return this;
    }

    ScriptedMember waits(long millis) {
        now += millis * MILLI;
        return this;
    }

    long now() {
        return now;
    }

    ScriptedMember submits(OutgoingMessage message) {
        submitted++;
        protocol.submit(message);
        protocol.onSubmitted(now);
        return this;
    }

    /** One message, as long as a frame. */
    ScriptedMember submits() {
        return submits(Cast.messageOf(submitted + 1, 1200));
    }

    StateName state() {
        return protocol.state();
    }

    RingId ringId() {
        return protocol.view().ringId();
    }

    private long ringSequence() {
        return protocol.view().ringId().sequence();
    }

    private MemberId[] others(MemberId... members) {
        return Arrays.stream(members).filter(member -> !member.equals(self)).toArray(MemberId[]::new);
    }

    private void expect(StateName state) {
        if (protocol.state() != state) {
            throw new AssertionError("expected " + state + ", is " + protocol.state() + " after " + effects.steps()
                    + ", dropped " + effects.drops());
        }
    }
}
