package io.vsring.replicated;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.MemberId;
import io.vsring.ring.RingHandler;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the replicated objects of the members say to each other out of what is delivered, and hands everything
 * else on. On the delivery thread, or by the loop thread in its stead.
 *
 * <p>Each message names the ring that it is meant for, by its sequence number: what is delivered on another one was
 * sent before its sender knew of that, and all members leave it alone.
 */
final class CommandRouter implements RingHandler {

    /** What a message says; its first byte. */
    enum Kind {
        STANDING,
        FOUND,
        BOOTSTRAP,
        PLAN,
        PACK,
        READY,
        LEAVING,
        GONE,
        DIGESTS,
        STOP,
        TIME,
        COMMAND
    }

    /** What the router tells besides the succession. */
    interface Listener {

        void ended(@Nullable Throwable failure);

        /** After each message and configuration. */
        void settled();

        /**
         * This member has said in the regular configuration that it leaves, and has or has not a vote from there on.
         */
        void leaves(Component.Vote vote);

        /** The others know all there is to know about this member, and it can go. */
        void left();

        /** The state here can be kept no longer. */
        void broken(Throwable why);

        /** Bytes that nobody of this version sends. */
        void malformed(MemberId sender, MalformedCommandException why);
    }

    /** The group in which the members talk; applications leave it alone. */
    static final String GROUP = "vs.replicated";

    /** Of a longer call nobody knows how long it takes. */
    private static final int QUICK_BYTES_MAX = 4096;

    private static final Kind[] KINDS = Kind.values();

    private final RingHandler application;
    private final Succession succession;
    private final Listener listener;
    private long ring;
    private @Nullable Command looked; // read already, to see whether it is quick: it is what comes next
    private long lookedNumber;

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
        act(() -> succession.entered(change.configuration()));
        application.onConfigurationChange(change);
    }

    @Override
    public void onMessage(Delivery delivery) {
        if (!delivery.group().equals(GROUP)) {
            application.onMessage(delivery);
            return;
        }
        Command known = looked;
        looked = null;
        if (known != null && lookedNumber == delivery.number() && known.client().equals(delivery.sender())) {
            act(() -> succession.onCommand(known));
            return;
        }
        Runnable act;
        try {
            act = read(delivery.sender(), new ByteReader(delivery.toByteArray()));
        } catch (MalformedCommandException malformed) {
            listener.malformed(delivery.sender(), malformed);
            return;
        }
        act(act);
    }

    /** Small calls of objects that say so are: whoever hears of them must not wait. */
    @Override
    public boolean isQuick(Delivery message) {
        if (!message.group().equals(GROUP)) {
            return application.isQuick(message);
        }
        looked = null;
        if (message.length() > QUICK_BYTES_MAX) {
            return false;
        }
        ByteReader in = new ByteReader(message.toByteArray());
        try {
            if (in.getByte() != Kind.COMMAND.ordinal() || in.getNumber() != ring) {
                return false;
            }
            Command command = readCommand(Kind.COMMAND, message.sender(), in);
            looked = command;
            lookedNumber = message.number();
            return isQuick(command);
        } catch (MalformedCommandException malformed) {
            return false;
        }
    }

    private boolean isQuick(Command command) {
        Journal journal = succession.journal();
        Replica replica = journal.shelf().find(command.object());
        return replica != null
                && command.creation() == null
                && !DigestWatch.isDue(journal.position() + 1) // who compares looks at all objects
                && replica.isQuick(command.body());
    }

    /** Goes on with what takes longer than one message. */
    void goOn() {
        act(succession::goOn);
    }

    private void act(Runnable act) {
        try {
            act.run();
            listener.settled();
        } catch (RuntimeException | StackOverflowError thrown) {
            listener.broken(thrown);
        }
    }

    /** What is to be done, once it is known that the message can be read. */
    private Runnable read(MemberId sender, ByteReader in) {
        int kind = in.getByte();
        if (kind >= KINDS.length) {
            throw new MalformedCommandException("no kind of message: " + kind);
        }
        if (in.getNumber() != ring && !isTakenAnyhow(KINDS[kind])) {
            return () -> {};
        }
        return switch (KINDS[kind]) {
            case STANDING -> {
                Standing standing = Standing.read(sender, in);
                yield () -> succession.onStanding(standing);
            }
            case PLAN -> {
                TransferPlan plan = TransferPlan.read(in);
                yield () -> succession.onPlan(sender, plan);
            }
            case PACK -> {
                StatePack pack = StatePack.read(in);
                yield () -> takePack(sender, pack);
            }
            case DIGESTS -> {
                Digests digests = Digests.read(in);
                yield () -> succession.onDigests(sender, digests);
            }
            case TIME, STOP, COMMAND -> {
                Command command = readCommand(KINDS[kind], sender, in);
                yield () -> succession.onCommand(command);
            }
            default -> readStep(KINDS[kind], sender, in);
        };
    }

    /** What is said in a few bytes. */
    private Runnable readStep(Kind kind, MemberId sender, ByteReader in) {
        int expectedMembers = kind == Kind.BOOTSTRAP ? in.getIntNumber() : 0;
        long lineage = kind == Kind.FOUND || kind == Kind.BOOTSTRAP ? in.getLong() : 0;
        boolean givenBack = kind == Kind.GONE && in.getBoolean();
        in.end();
        return switch (kind) {
            case FOUND -> () -> succession.onFounded(lineage);
            case BOOTSTRAP -> () -> succession.onBootstrap(expectedMembers, lineage);
            case READY -> () -> succession.onReady(sender);
            case LEAVING ->
                () -> {
                    if (succession.onLeaving(sender)) {
                        listener.leaves(succession.vote());
                    }
                };
            case GONE ->
                () -> {
                    if (succession.onGone(sender, givenBack ? Component.Vote.GIVEN_BACK : Component.Vote.KEPT)) {
                        listener.left();
                    }
                };
            default -> throw new IllegalStateException("not a step: " + kind);
        };
    }

    /** What cannot be read of a state has changed nothing here. */
    private void takePack(MemberId sender, StatePack pack) {
        try {
            succession.onPack(sender, pack);
        } catch (MalformedCommandException unreadable) {
            listener.malformed(sender, unreadable);
        }
    }

    private static Command readCommand(Kind kind, MemberId sender, ByteReader in) {
        if (kind == Kind.TIME) {
            long millis = in.getNumber(Command.MILLIS_MAX);
            in.end();
            return Command.time(sender, millis);
        }
        if (kind == Kind.STOP) {
            long key = in.getLong();
            in.end();
            return Command.stop(sender, key);
        }
        Command call = Command.read(sender, in);
        if (!call.isCall()) {
            throw new MalformedCommandException("a call without a number");
        }
        return call;
    }

    private static boolean isTakenAnyhow(Kind kind) {
        return ReplicaMutant.COMMAND_OF_ANY_RING && kind == Kind.COMMAND;
    }

    @Override
    public void onClosed(@Nullable Throwable failure) {
        listener.ended(failure);
        application.onClosed(failure);
    }
}
