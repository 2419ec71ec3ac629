package io.vsring.test.simulation;

import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingId;
import io.vsring.protocol.RingView;
import io.vsring.wire.CommitToken;
import io.vsring.wire.CommitToken.Entry;
import io.vsring.wire.CommitToken.OldRing;
import io.vsring.wire.DataFrame;
import io.vsring.wire.Datagram;
import io.vsring.wire.HoldCancel;
import io.vsring.wire.Join;
import io.vsring.wire.MergeProbe;
import io.vsring.wire.OutgoingMessage;
import io.vsring.wire.Packer;
import io.vsring.wire.RecoveryBody;
import io.vsring.wire.RingSettings;
import io.vsring.wire.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that a member could send and should not: what was said last, with some of its fields changed as a script
 * says, or all of it made up around what is true just now.
 */
final class Lies {

    private static final int BODY_BYTES_MAX = 512 - 44 - 59 - 50;
    private static final String[] GROUPS = {"g", "vs.replicated"};

    private final RingWithLiar ring;
    private final Script script;

    Lies(RingWithLiar ring, Script script) {
        this.ring = ring;
        this.script = script;
    }

    Datagram next() {
        return switch (script.next(8)) {
            case 0, 1 -> token();
            case 2, 3 -> data();
            case 4 -> join();
            case 5, 6 -> commitToken();
            default -> rest();
        };
    }

    /** The last but n of this kind that was said; null if there is none. */
    private <T> @Nullable T last(Class<T> kind) {
        int behind = script.next(8);
        T found = null;
        List<Datagram> heard = ring.heard();
        for (int index = heard.size() - 1; index >= 0 && behind >= 0; index--) {
            if (kind.isInstance(heard.get(index))) {
                found = kind.cast(heard.get(index));
                behind--;
            }
        }
        return found;
    }

    // --- words

    private MemberId memberId() {
        int what = script.next(16);
        if (what < 12) {
            return ring.member(1 + what % RingWithLiar.LIAR).id();
        }
        int id = what == 15 ? 1 + script.next(256) : 1 + what % RingWithLiar.LIAR;
        return new MemberId(id, script.near(0x1000) | 1);
    }

    private Member member() {
        MemberId id = memberId();
        int slot = script.next(8) == 7 ? script.next(256) : id.id();
        MemberAddress address = SimulatedNetwork.addressOf(slot & 0xFF);
        return new Member(id, address);
    }

    private RingView view() {
        RingView installed = ring.member(1 + script.next(RingWithLiar.LIAR - 1)).view();
        RingView proposed = ring.member(1 + script.next(RingWithLiar.LIAR - 1)).proposed();
        return proposed != null && script.next(2) == 1 ? proposed : installed;
    }

    private RingId ringId() {
        RingId known = view().ringId();
        return script.next(4) == 3 ? new RingId(memberId(), Math.max(0, script.near(known.sequence()))) : known;
    }

    private int place() {
        return script.next(66) - 1;
    }

    /** Whether to change the next field. */
    private boolean changes() {
        return script.next(4) == 3;
    }

    private static long positive(long number) {
        return number & Long.MAX_VALUE;
    }

    // --- datagrams

    private Token token() {
        Token known = last(Token.class);
        RingView view = view();
        MemberId to = ring.member(1 + script.next(RingWithLiar.LIAR - 1)).id();
        Token base = known != null
                ? known
                : new Token(view.ringId(), to, 1, 0, 0, -1, 0, 0, false, false, 0, -1, 0, -1, new long[0]);
        return new Token(
                changes() ? ringId() : base.ringId(),
                changes() ? memberId() : to,
                positive(script.near(view.visit() + 1)),
                changes() ? positive(script.near(view.highest())) : base.sequence(),
                changes() ? positive(script.near(view.aru())) : base.aru(),
                changes() ? place() : base.aruHolder(),
                changes() ? (int) positive(script.near(base.framesSent())) & Integer.MAX_VALUE : base.framesSent(),
                changes() ? (int) positive(script.near(base.backlog())) & Integer.MAX_VALUE : base.backlog(),
                changes() != base.recovering(),
                changes() != base.holding(),
                changes() ? positive(script.near(view.limit())) : base.limit(),
                changes() ? place() : base.limitHolder(),
                changes() ? positive(script.near(view.limit())) : base.nextLimit(),
                changes() ? place() : base.nextLimitHolder(),
                changes() ? requests(view) : base.requests());
    }

    private long[] requests(RingView view) {
        long[] some = new long[script.next(129)];
        for (int index = 0; index < some.length; index++) {
            some[index] = positive(script.near(view.aru()));
        }
        return Arrays.stream(some).filter(each -> each > 0).sorted().distinct().toArray();
    }

    private DataFrame data() {
        DataFrame known = last(DataFrame.class);
        RingView view = view();
        boolean again = known != null && changes();
        byte[] body = again ? known.body() : body();
        DataFrame.Kind kind = again ? known.kind() : kindOfBody;
        RingId ringId = again && !changes() ? known.ringId() : ringId();
        long sequence = positive(script.near(changes() ? view.released() : view.highest() + 1));
        long number = again ? known.firstNumber() : firstNumber;
        DataFrame frame = new DataFrame(ringId, memberId(), sequence, kind, number, body);
        if (frame.isRecovery() || !changes()) {
            return frame;
        }
        byte[] wrapped = RecoveryBody.encode(frame);
        long place = positive(script.near(view.highest() + 1));
        return new DataFrame(ringId(), memberId(), place, DataFrame.Kind.RECOVERY, 0, wrapped);
    }

    private DataFrame.Kind kindOfBody = DataFrame.Kind.AGREED;
    private long firstNumber = 1;

    /** Packed messages, the last one perhaps cut; or the middle of a long one. */
    private byte[] body() {
        Packer packer = new Packer(BODY_BYTES_MAX);
        packer.begin();
        long number = Math.min(1L << 61, Math.max(1, script.near(1)));
        int messages = 1 + script.next(4);
        for (int index = 0; index < messages; index++) {
            byte[] bytes = script.bytes(script.next(64));
            boolean goesOn = index == 0 && script.next(8) == 7;
            byte[] whole = goesOn ? Arrays.copyOf(bytes, 1 + script.next(1 << 12)) : bytes;
            byte[] group = GROUPS[script.next(2)].getBytes(StandardCharsets.UTF_8);
            Guarantee guarantee = script.next(2) == 1 ? Guarantee.SAFE : Guarantee.AGREED;
            int offset = goesOn ? script.next(whole.length) : 0;
            int packed = packer.pack(new OutgoingMessage(number + index, group, guarantee, whole), offset);
            if (packed != whole.length) {
                break;
            }
        }
        kindOfBody = packer.kind();
        firstNumber = packer.firstNumber();
        return packer.finish();
    }

    private Join join() {
        Join known = last(Join.class);
        RingView view = view();
        TreeMap<MemberId, Member> candidates = new TreeMap<>();
        if (known != null) {
            known.candidates().forEach(each -> candidates.put(each.id(), each));
        }
        for (int more = changes() ? script.next(64) : 0; more > 0 && candidates.size() < 64; more--) {
            Member member = member();
            candidates.put(member.id(), member);
        }
        Member sender = changes() ? member() : of(RingWithLiar.LIAR);
        candidates.putIfAbsent(sender.id(), sender);
        List<MemberId> failed =
                new ArrayList<>(known == null ? List.of() : known.failed().toList());
        for (int more = changes() ? script.next(8) : 0; more > 0; more--) {
            failed.add(memberId());
        }
        int version = changes() ? 1 + script.next(255) : 1;
        long sequence = positive(script.near(view.ringId().sequence()));
        return new Join(
                sender,
                changes() && script.next(4) == 3,
                sequence,
                changes() ? version : 1,
                version,
                List.copyOf(candidates.values()),
                MemberSet.of(failed));
    }

    private Member of(int slot) {
        return new Member(ring.member(slot).id(), SimulatedNetwork.addressOf(slot));
    }

    private CommitToken commitToken() {
        CommitToken known = last(CommitToken.class);
        RingView view = view();
        TreeMap<MemberId, Entry> entries = new TreeMap<>();
        if (known != null) {
            known.entries().forEach(each -> entries.put(each.member().id(), each));
        } else {
            for (int slot = 1; slot <= RingWithLiar.LIAR; slot++) {
                entries.put(of(slot).id(), new Entry(of(slot), old(view)));
            }
        }
        for (int slot = 1; slot <= RingWithLiar.LIAR; slot++) {
            Entry entry = entries.get(of(slot).id());
            if (entry != null && changes()) {
                entries.put(of(slot).id(), new Entry(entry.member(), changes() ? null : old(view)));
            }
        }
        if (changes()) {
            Member more = member();
            entries.put(more.id(), new Entry(more, changes() ? null : old(view)));
        }
        RingSettings settings = known == null || changes() ? settings() : known.settings();
        int hop = known == null ? script.next(9) : Math.max(0, known.hop() + script.next(5) - 2);
        return new CommitToken(
                known == null || changes() ? ringId() : known.ringId(),
                changes()
                        ? memberId()
                        : ring.member(1 + script.next(RingWithLiar.LIAR - 1)).id(),
                hop,
                settings,
                List.copyOf(entries.values()));
    }

    private OldRing old(RingView view) {
        return new OldRing(
                changes() ? ringId() : view.ringId(),
                positive(script.near(view.aru())),
                positive(script.near(view.highest())),
                positive(script.near(view.safeLine())),
                script.near(0));
    }

    private RingSettings settings() {
        return new RingSettings(
                1,
                512 + script.next(1 << 16),
                (int) positive(script.near(20)) & Integer.MAX_VALUE,
                positive(script.near(100_000_000)),
                positive(script.near(10_000_000)),
                positive(script.near(5_000_000)));
    }

    private Datagram rest() {
        MergeProbe known = last(MergeProbe.class);
        if (known == null || changes()) {
            return new HoldCancel(memberId(), ringId());
        }
        Member sender = changes() ? member() : of(RingWithLiar.LIAR);
        long nonce = changes() ? script.near(1) : known.nonce();
        MergeProbe other = last(MergeProbe.class);
        long echo = changes() || other == null ? known.echo() : other.nonce();
        return new MergeProbe(sender, changes() ? ringId() : known.ringId(), nonce, echo);
    }
}
