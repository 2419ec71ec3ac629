package io.vsring.security;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.wire.WireFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An envelope that only the key opens ({@code docs/security.md}). Each datagram is encrypted and authenticated together
 * with who sent it, to whom, and as how manieth; a datagram that has been here, or whose sender has not proven that it
 * is alive, goes no further.
 *
 * <p>Loop thread only. For a datagram of a known sender it allocates nothing but what Java's ciphers do.
 */
public final class SealedEnvelope implements Envelope {

    /** Whom we have heard for less than this need not be greeted again. */
    private static final long GREETED_NANOS = 200_000_000L;

    /** Who speaks and is not believed is asked no more often than this whether it is alive. */
    private static final long ASK_NANOS = 50_000_000L;

    /** A peer is answered no more often than this. */
    private static final long ANSWER_NANOS = 10_000_000L;

    private static final int LENGTH_MIN = WireFormat.ENVELOPE_BYTES + 1;
    private static final int LENGTH_MAX = WireFormat.FRAME_BYTES_MAX;

    private final Member self;
    private final String clusterName;
    private final BiConsumer<MemberAddress, ByteBuffer> sender;
    private final SecurityEvents events;
    private final Peers peers;
    private final Nonces nonces;

    private final byte[] out = new byte[LENGTH_MAX];
    private final ByteBuffer outgoing = ByteBuffer.wrap(out);
    private final ByteBuffer room =
            ByteBuffer.wrap(out, Header.BYTES, WireFormat.DATAGRAM_BYTES_MAX).slice();
    private final Header outgoingHeader = new Header(out);
    private final byte[] greeting = new byte[WireFormat.ENVELOPE_BYTES + Greeting.BYTES];
    private final Header greetingHeader = new Header(greeting);
    private final byte[] in = new byte[LENGTH_MAX];
    private final Header arrived = new Header(in);
    private final byte[] plain = new byte[LENGTH_MAX];
    private final ByteBuffer opened = ByteBuffer.wrap(plain);

    private KeySchedule schedule;
    private DatagramKey sealing;
    private long counter;
    private @Nullable Trials trials;

    /**
     * An envelope for one member.
     *
     * @param self who seals, and where it wants to be answered; its incarnation must be drawn at random at each start,
     *     since the keys depend on it
     * @param random where questions come from: nobody must be able to know them before
     * @param sender sends what the envelope itself has to say; the bytes are valid during the call
     */
    public SealedEnvelope(
            Member self,
            Keys keys,
            RandomGenerator random,
            BiConsumer<MemberAddress, ByteBuffer> sender,
            SecurityEvents events) {
        this.self = self;
        this.clusterName = keys.clusterName();
        this.sender = sender;
        this.events = events;
        this.peers = new Peers();
        this.nonces = new Nonces(random);
        this.schedule = new KeySchedule(keys.keyring(), clusterName);
        this.sealing = sealingKey(0);
    }

    /**
     * What keys are derived from.
     *
     * @param keyring the secrets
     * @param clusterName members of other clusters cannot read what this one sends, though they have the same secrets
     */
    public record Keys(Keyring keyring, String clusterName) {}

    /** To be called once before the first datagram of a process, on any thread: see {@link DatagramKey#warmUp}. */
    public static void warmUp(Keyring keyring) {
        DatagramKey.warmUp(keyring.suite());
    }

    @Override
    public void use(Keyring keyring) {
        schedule = new KeySchedule(keyring, clusterName);
        counter = EnvelopeMutant.COUNTED_ANEW_WITH_KEYS ? 0 : counter;
        sealing = sealingKey(KeySchedule.epoch(counter));
        peers.forgetKeys();
    }

    @Override
    public int peers() {
        return peers.size();
    }

    // --- out

    @Override
    public ByteBuffer room() {
        return room.clear();
    }

    @Override
    public ByteBuffer seal(int destination) {
        int length = Header.BYTES + room.position();
        sealing(outgoingHeader, Header.RING, destination).seal(out, length, counter);
        return outgoing.limit(length + WireFormat.ENVELOPE_BACK_BYTES).position(0);
    }

    /** The key for the next datagram, which gets its number and its header. */
    private DatagramKey sealing(Header header, byte kind, int destination) {
        counter++;
        if (counter > Header.COUNTER_MAX) {
            throw new IllegalStateException("this member has sent all the datagrams that one start can send");
        }
        if (KeySchedule.epoch(counter) != sealing.epoch()) {
            sealing = sealingKey(KeySchedule.epoch(counter));
        }
        header.from(self.id(), sealing.keyId(), schedule.keyring().suite());
        header.with(kind, destination, counter);
        return sealing;
    }

    private DatagramKey sealingKey(long epoch) {
        Keyring keyring = schedule.keyring();
        DatagramKey key = schedule.derive(keyring.active(), keyring.suite(), self.id(), epoch);
        if (key == null) {
            throw new IllegalStateException("the active key is not in the keyring: " + keyring);
        }
        return key;
    }

    // --- in

    @Override
    public @Nullable ByteBuffer open(MemberAddress source, ByteBuffer bytes, long nowNanos) {
        int length = bytes.remaining();
        Rejection wrong = take(bytes, length);
        if (wrong == Rejection.PLAINTEXT && EnvelopeMutant.PLAINTEXT_LET_IN) {
            return bytes.rewind();
        }
        if (wrong == null) {
            wrong = open(source, length, nowNanos);
        }
        if (wrong != null) {
            events.rejected(wrong, source, nowNanos);
            return null;
        }
        return arrived.kind() == Header.RING
                ? opened.limit(length - WireFormat.ENVELOPE_BYTES).position(0)
                : null;
    }

    /** What the header alone gives away, which anybody could have written. */
    private @Nullable Rejection take(ByteBuffer bytes, int length) {
        if (length < LENGTH_MIN) {
            return Rejection.TOO_SHORT;
        }
        if (length > LENGTH_MAX) {
            return Rejection.TOO_LONG;
        }
        bytes.get(in, 0, length);
        if (!arrived.isSealed()) {
            return arrived.isPlain() ? Rejection.PLAINTEXT : Rejection.NOT_OURS;
        }
        if (arrived.version() != Header.VERSION || CipherSuite.ofNumber(arrived.suite()) == null) {
            return Rejection.UNKNOWN_VERSION;
        }
        if (!schedule.keyring().contains(arrived.key())) {
            return Rejection.UNKNOWN_KEY;
        }
        int slot = arrived.sender();
        long incarnation = arrived.incarnation();
        long number = arrived.counter();
        if (slot == 0 || incarnation == 0 || number < 1 || number > Header.COUNTER_MAX) {
            return Rejection.BAD_HEADER;
        }
        if (slot == self.id().id() && incarnation == self.id().incarnation()) {
            return Rejection.OWN;
        }
        int destination = EnvelopeMutant.REDIRECTED_LET_IN ? Header.ALL : arrived.destination();
        return destination == Header.ALL || destination == self.id().id() ? null : Rejection.NOT_FOR_US;
    }

    private @Nullable Rejection open(MemberAddress source, int length, long nowNanos) {
        long number = arrived.counter();
        Peer peer = peers.find(arrived.sender(), arrived.incarnation());
        if (peer != null) {
            if (peer.window.isTooOld(number) && !EnvelopeMutant.TOO_OLD_LET_IN) {
                return Rejection.TOO_OLD;
            }
            if (peer.window.contains(number) && !EnvelopeMutant.REPLAY_LET_IN) {
                return Rejection.REPLAYED;
            }
        }
        DatagramKey key = peer == null ? null : knownKey(peer, number);
        boolean isKnown = key != null;
        if (key == null) {
            if (!trials(nowNanos).admits(source, nowNanos)) {
                return Rejection.NOT_TRIED;
            }
            key = derive(KeySchedule.epoch(number), senderOf(peer));
        }
        int plainBytes = key.open(in, length, number, plain);
        if (plainBytes < 0) {
            return Rejection.FORGED;
        }
        // Only from here on may anything be remembered of the sender; a key that was to be expected may have been
        // derived.
        Peer heard = peer != null ? peer : peers.add(senderOf(null), nowNanos);
        heard.window.mark(number);
        heard.heardNanos = nowNanos;
        if (!isKnown) {
            heard.keep(key);
        }
        return hear(heard, plainBytes, nowNanos);
    }

    private @Nullable Rejection hear(Peer peer, int plainBytes, long nowNanos) {
        switch (arrived.kind()) {
            case Header.RING -> {
                if (!peer.isBelieved && !EnvelopeMutant.FRESH_AT_ONCE) {
                    askUnproven(peer, nowNanos);
                    return Rejection.UNPROVEN;
                }
                events.opened(arrived.key());
                return null;
            }
            case Header.GREETING -> {
                Greeting greeted = Greeting.read(opened.limit(plainBytes).position(0));
                if (greeted == null) {
                    return Rejection.BAD_GREETING;
                }
                answer(peer, greeted, nowNanos);
                return null;
            }
            default -> {
                return Rejection.BAD_HEADER;
            }
        }
    }

    /** It speaks to us and is not believed: its answer, or our question, was lost, and nobody else would ask again. */
    private void askUnproven(Peer peer, long nowNanos) {
        if (peer.address != null && nowNanos - peer.askedNanos >= ASK_NANOS) {
            peer.askedNanos = nowNanos;
            greet(peer.address, new Greeting(nonces.current(nowNanos), Nonce.NONE, self.address()), peer.id.id());
        }
    }

    private @Nullable DatagramKey knownKey(Peer peer, long number) {
        CipherSuite suite = suite();
        long epoch = KeySchedule.epoch(number);
        DatagramKey key = peer.key(arrived.key(), suite, epoch);
        if (key == null && peer.expects(suite, epoch)) {
            // Its next key, or that of another secret: whoever floods us cannot keep it from being tried.
            key = derive(epoch, peer.id);
            peer.keep(key);
        }
        return key;
    }

    private DatagramKey derive(long epoch, MemberId from) {
        DatagramKey key = schedule.derive(arrived.key(), suite(), from, epoch);
        if (key == null) {
            throw new IllegalStateException("no key " + arrived.key() + " in " + schedule.keyring());
        }
        return key;
    }

    private CipherSuite suite() {
        CipherSuite suite = CipherSuite.ofNumber(arrived.suite());
        if (suite == null) {
            throw new IllegalStateException("no suite " + arrived.suite());
        }
        return suite;
    }

    private MemberId senderOf(@Nullable Peer peer) {
        return peer != null ? peer.id : new MemberId(arrived.sender(), arrived.incarnation());
    }

    private Trials trials(long nowNanos) {
        Trials counted = trials;
        if (counted == null) {
            counted = new Trials(nowNanos);
            trials = counted;
        }
        return counted;
    }

    // --- greetings

    @Override
    public void introduce(MemberAddress address, long nowNanos) {
        if (!peers.isFriendlyAt(address, GREETED_NANOS, nowNanos)) {
            greet(address, new Greeting(nonces.current(nowNanos), Nonce.NONE, self.address()), Header.ALL);
        }
    }

    @Override
    public void meet(List<Member> companions, long nowNanos) {
        for (int i = 0; i < companions.size(); i++) {
            Member companion = companions.get(i);
            MemberId id = companion.id();
            if (id.equals(self.id())) {
                continue;
            }
            Peer known = peers.find(id.id(), id.incarnation());
            if (known == null || !known.isBelieved) {
                Peer peer = known != null ? known : peers.add(id, nowNanos);
                peer.address = peer.address != null ? peer.address : companion.address();
                askUnproven(peer, nowNanos);
            }
        }
    }

    private void answer(Peer peer, Greeting greeted, long nowNanos) {
        peer.address = greeted.address();
        peer.greetedNanos = nowNanos;
        peer.isDoubting = !greeted.question().isNone();
        long answered = nonces.answered(greeted.echo(), nowNanos);
        long judged = peers.judgedAt(peer);
        boolean answersUs = answered > judged;
        if (answersUs) {
            if (!peer.isBelieved) {
                nonces.spend(nonces.last()); // what another one of its slot has answered until now is older than this
            }
            peers.prove(peer, arrived.counter(), nonces.last()).forEach(other -> askUnproven(other, nowNanos));
        } else if (answered > 0) {
            nonces.spend(judged); // it may have been late on its way: it is asked again
        }
        if (!greeted.question().isNone() && nowNanos - peer.answeredNanos >= ANSWER_NANOS) {
            peer.answeredNanos = nowNanos;
            // Who has just answered, or is believed, is not asked: two that never will be would never end.
            boolean isSettled = answersUs || peer.isBelieved;
            peer.askedNanos = isSettled ? peer.askedNanos : nowNanos;
            Nonce question = isSettled ? Nonce.NONE : nonces.current(nowNanos);
            greet(peer.address, new Greeting(question, greeted.question(), self.address()), peer.id.id());
        }
    }

    /** A recording of who was at our address before us makes us greet nobody: there is nobody but us. */
    private void greet(MemberAddress address, Greeting said, int destination) {
        if (address.equals(self.address())) {
            return;
        }
        said.write(ByteBuffer.wrap(greeting, Header.BYTES, Greeting.BYTES));
        sealing(greetingHeader, Header.GREETING, destination).seal(greeting, Header.BYTES + Greeting.BYTES, counter);
        sender.accept(address, ByteBuffer.wrap(greeting));
    }
}
