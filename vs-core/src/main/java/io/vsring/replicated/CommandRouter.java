package io.vsring.replicated;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberId;
import io.vsring.ring.RingHandler;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the replicated objects of the members say to each other out of what is delivered, and hands everything
 * else on. Delivery thread only.
 *
 * <p>Each message names the ring that it is meant for, by its sequence number: what is delivered on another one was
 * sent before its sender knew of that, and all members leave it alone.
 */
final class CommandRouter implements RingHandler {

    /** What a message says; its first byte. */
    enum Kind {
        STANDING,
        FOUND,
        PLAN,
        PACK,
        READY,
        LEAVING,
        TIME,
        COMMAND
    }

    /** What the router tells besides the succession. */
    interface Listener {

        void ended(@Nullable Throwable failure);

        /** After each message and configuration. */
        void settled();

        /** This member has said in the regular configuration that it leaves. */
        void left();

        /** The state here can be kept no longer. */
        void broken(Throwable why);

        /** Bytes that nobody of this version sends. */
        void malformed(MemberId sender, MalformedCommandException why);
    }

    /** The group in which the members talk; applications leave it alone. */
    static final String GROUP = "vs.replicated";

    private static final Kind[] KINDS = Kind.values();

    private final RingHandler application;
    private final Succession succession;
    private final Listener listener;
    private long ring;

    CommandRouter(RingHandler application, Succession succession, Listener listener) {
        this.application = application;
        this.succession = succession;
        this.listener = listener;
    }

    /** The beginning of a message for this ring. */
    static ByteWriter message(Kind kind, long ringSequence, int bytes) {
        return new ByteWriter(bytes + 10).putByte(kind.ordinal()).putNumber(ringSequence);
    }

    /** The sequence of the ring that is delivered from now; 0 before the first. */
    long ring() {
        return ring;
    }

    @Override
    public void onConfigurationChange(ConfigurationChange change) {
        ring = change.configuration().ringId().sequence();
        succession.entered(change.configuration());
        listener.settled();
        application.onConfigurationChange(change);
    }

    @Override
    public void onMessage(Delivery delivery) {
        if (!delivery.group().equals(GROUP)) {
            application.onMessage(delivery);
            return;
        }
        try {
            take(delivery.sender(), new ByteReader(delivery.toByteArray()));
        } catch (MalformedCommandException malformed) {
            listener.malformed(delivery.sender(), malformed);
        } catch (RuntimeException | StackOverflowError thrown) {
            listener.broken(thrown);
        }
        listener.settled();
    }

    private void take(MemberId sender, ByteReader in) {
        int kind = in.getByte();
        if (kind >= KINDS.length) {
            throw new MalformedCommandException("no kind of message: " + kind);
        }
        if (in.getNumber() != ring && !isTakenAnyhow(KINDS[kind])) {
            return;
        }
        switch (KINDS[kind]) {
            case STANDING -> succession.onStanding(Standing.read(sender, in));
            case FOUND -> succession.onFounded(in.getLong());
            case PLAN -> succession.onPlan(sender, TransferPlan.read(in));
            case PACK -> succession.onPack(sender, StatePack.read(in));
            case READY -> succession.onReady(sender);
            case LEAVING -> {
                if (succession.onLeaving(sender)) {
                    listener.left();
                }
            }
            case TIME -> succession.onCommand(Command.time(sender, in.getNumber()));
            default -> succession.onCommand(Command.read(sender, in));
        }
    }

    private static boolean isTakenAnyhow(Kind kind) {
        return (ReplicaMutant.COMMAND_OF_ANY_RING && kind == Kind.COMMAND)
                || (ReplicaMutant.STANDING_OF_ANY_RING && kind == Kind.STANDING);
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        listener.ended(failure);
        application.onClosed(failure);
    }
}
