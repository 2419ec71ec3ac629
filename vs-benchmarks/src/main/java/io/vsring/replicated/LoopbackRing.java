package io.vsring.replicated;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.MemberSet;
import io.vsring.RingConfiguration;
import io.vsring.RingId;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingStatistics;
import io.vsring.ring.RingStatus;
import io.vsring.security.Keyring;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A ring of one without a ring: what is offered is delivered when it is asked to, on the thread that asks. */
final class LoopbackRing implements Ring {

    private static final MemberId SELF = new MemberId(1, 0xbe9cL);
    private static final RingConfiguration CONFIGURATION =
            RingConfiguration.regular(new RingId(SELF, 1), MemberSet.of(SELF));

    private final RingHandler handler;
    private final RingOptions options = RingOptions.builder().port(1024).build();
    private final RingStatus status = new RingStatus(
            RingStatus.State.OPERATIONAL,
            CONFIGURATION,
            List.of(),
            new Member(SELF, MemberAddress.ofIpv4(0x7F00_0001, 1024)));
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private byte[] shown = {};

    private final Delivery delivery = new Delivery() {
        @Override
        public MemberId sender() {
            return SELF;
        }

        @Override
        public long number() {
            return 1;
        }

        @Override
        public String group() {
            return CommandRouter.GROUP;
        }

        @Override
        public Guarantee guarantee() {
            return Guarantee.SAFE;
        }

        @Override
        public RingConfiguration configuration() {
            return CONFIGURATION;
        }

        @Override
        public long sequence() {
            return 1;
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public int length() {
            return shown.length;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(shown).asReadOnlyBuffer();
        }

        @Override
        public byte[] toByteArray() {
            return shown.clone();
        }

        @Override
        public Delivery copy() {
            return this;
        }
    };

    private LoopbackRing(RingHandler handler) {
        this.handler = handler;
    }

    /** The objects of its only member, which is primary; their ring is one of these. */
    static ReplicatedObjects open() {
        RingHandler deaf = new RingHandler() {
            @Override
            public void onMessage(Delivery delivery) {}

            @Override
            public void onConfigurationChange(ConfigurationChange change) {}
        };
        ReplicatedObjects objects = ReplicatedObjects.open(
                ReplicationOptions.defaults(), deaf, ReplicationListener.NONE, LoopbackRing::new);
        CompletableFuture<Void> unused = objects.ring().start();
        if (!objects.status().isPrimary()) {
            throw new IllegalStateException("not primary: " + objects.status());
        }
        return objects;
    }

    /** Delivers all that was offered to the ring of these objects. */
    static void deliver(ReplicatedObjects objects) {
        ((LoopbackRing) objects.ring()).deliver();
    }

    /** All that has been offered, and what is offered meanwhile, and runs the tasks. */
    private void deliver() {
        while (!messages.isEmpty() || !tasks.isEmpty()) {
            for (byte[] message = messages.poll(); message != null; message = messages.poll()) {
                shown = message;
                handler.onMessage(delivery);
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    @Override
    public CompletableFuture<Void> start() {
        handler.onConfigurationChange(ConfigurationChange.between(MemberSet.of(), CONFIGURATION));
        deliver();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void awaitFormation(Duration timeout) {}

    @Override
    public boolean offer(String group, byte[] message, Guarantee guarantee, Outcome outcome) {
        return messages.add(message.clone());
    }

    @Override
    public RingStatus status() {
        return status;
    }

    @Override
    public RingStatistics statistics() {
        throw new UnsupportedOperationException("nothing is counted here");
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        tasks.add(task);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean hasSeenToken(Duration within) {
        return true;
    }

    @Override
    public boolean hasKnownSeeds(Duration atLeast) {
        return true;
    }

    @Override
    public Duration agreedTokenLoss() {
        return options.tokenLossTimeout();
    }

    @Override
    public void useKeys(Keyring keyring) {
        throw new UnsupportedOperationException("this ring sends nothing, so it has no keys");
    }

    @Override
    public RingOptions options() {
        return options;
    }

    @Override
    public boolean isOwnThread() {
        return true;
    }

    @Override
    public CompletableFuture<Void> leave() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
