package io.vsring.ring;

import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.protocol.ProtocolOptions;
import io.vsring.protocol.TotemProtocol;
import io.vsring.security.Envelope;
import io.vsring.security.Keyring;
import io.vsring.security.PlainEnvelope;
import io.vsring.security.SealedEnvelope;
import io.vsring.transport.LoopThread;
import io.vsring.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Puts a member together out of its parts. <b>Not API</b>: it is public for the simulator, which brings a network and a
 * time of its own; everybody else has {@link RingOptions#open}.
 */
public final class RingAssembly {

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private RingAssembly() {}

    /**
     * The outside of a member: all that differs between a running process and a simulated one.
     *
     * @param transport carries its datagrams; opened, not started
     * @param loop the thread of the transport
     * @param delivery the thread of the callbacks
     * @param asking opens the thread on which seeds are asked for; called when the member starts, unless its seeds are
     *     addresses
     * @param store keeps the ring sequence
     * @param incarnation tells this start from all others of the same slot; not 0
     * @param seed what all chance of the protocol comes from
     * @param nonces what others must not be able to foresee comes from
     */
    public record Surroundings(
            Transport transport,
            LoopThread loop,
            LoopThread delivery,
            Supplier<LoopThread> asking,
            RingSequenceStore store,
            long incarnation,
            long seed,
            RandomGenerator nonces) {}

    /**
     * A member in these surroundings, which it takes over: they are closed when it ends.
     *
     * @param options names, sizes, times and seeds; addresses, files and security are the surroundings' business
     * @throws RingStartException if all seeds are addresses where this member cannot look for others
     */
    public static Ring assemble(
            RingOptions options, Surroundings surroundings, RingHandler handler, List<RingObserver> observers) {
        return assemble(options, surroundings, handler, observers, envelope -> envelope);
    }

    /**
     * The same, with something around the member's envelope that sees what goes in and comes out.
     *
     * @param around is given the envelope and returns what takes its place
     */
    public static Ring assemble(
            RingOptions options,
            Surroundings surroundings,
            RingHandler handler,
            List<RingObserver> observers,
            UnaryOperator<Envelope> around) {
        MemberAddress address = surroundings.transport().advertised();
        long incarnation = surroundings.incarnation();
        Member self = new Member(new MemberId(slot(options, address, incarnation), incarnation), address);
        RingLog log = new RingLog(self.id());
        RingBoard board = new RingBoard(self);
        board.uses(options.keyring());
        RingCounters counters = new RingCounters(surroundings.transport().counters());
        RingParts parts = new RingParts(
                surroundings,
                new SeedSearch(options, address, surroundings.asking()),
                List.copyOf(observers),
                board,
                counters,
                around.apply(envelope(options, self, surroundings, new EnvelopeWatch(counters, log))),
                new GroupCache());
        ProtocolOptions protocolOptions = options.protocolOptions(fittedWindow(options, parts, log));
        Deliverer deliverer = new Deliverer(handler, parts, log);
        RingLoop loop = new RingLoop(options, protocolOptions, parts, deliverer, log);
        RunningRing ring = new RunningRing(options, loop, parts, log);
        loop.watchThreads(); // last: an assembly that fails has no handler to tell of it
        return ring;
    }

    /**
     * As these, but no failed merge is left alone for longer than this: a simulated cluster has all times in
     * proportion.
     */
    public static RingOptionsBuilder backoffMax(RingOptionsBuilder options, Duration longest) {
        options.backoffMax = longest;
        return options;
    }

    /** The protocol inside a ring, for checks of the simulator between two of its steps. */
    public static TotemProtocol protocol(Ring ring) {
        if (ring instanceof RunningRing running) {
            return running.loop().protocol();
        }
        throw notAssembledHere(ring);
    }

    /** Which of its {@linkplain RingStatistics#resources() resources} holds more than it may; null if none does. */
    public static @Nullable String overfull(Ring ring) {
        if (ring instanceof RunningRing running) {
            return running.loop().fills().overfull();
        }
        throw notAssembledHere(ring);
    }

    private static IllegalArgumentException notAssembledHere(Ring ring) {
        return new IllegalArgumentException(
                "not a ring that was assembled here: " + ring.getClass().getName());
    }

    /** The slot of this member: the same at each start at the same address, and drawn where the port means nothing. */
    static int slot(RingOptions options, MemberAddress address, long incarnation) {
        int slot = options.memberId();
        if (slot == 0) {
            slot = options.hasEphemeralPort() ? (int) ((incarnation * MIX) >>> 32) : checksum(address);
        }
        return slot != 0 ? slot : 1;
    }

    private static Envelope envelope(RingOptions options, Member self, Surroundings surroundings, EnvelopeWatch watch) {
        Keyring keyring = options.keyring();
        if (keyring == null) {
            return new PlainEnvelope();
        }
        return new SealedEnvelope(
                self,
                new SealedEnvelope.Keys(keyring, options.clusterName()),
                surroundings.nonces(),
                (address, bytes) -> {
                    watch.greets(bytes);
                    surroundings.transport().send(address, bytes);
                },
                watch);
    }

    private static int checksum(MemberAddress address) {
        CRC32C checksum = new CRC32C();
        checksum.update(address.toString().getBytes(StandardCharsets.US_ASCII));
        return (int) checksum.getValue();
    }

    private static WindowFit fittedWindow(RingOptions options, RingParts parts, RingLog log) {
        WindowFit fit = new WindowFit(
                options.windowFrames(),
                options.windowFramesMax(),
                options.frameBytes(),
                options.receiveBufferBytes(),
                parts.outside().transport().receiveBufferBytes());
        if (!fit.isAsWanted()) {
            log.windowFitted(fit);
        }
        return fit;
    }
}
