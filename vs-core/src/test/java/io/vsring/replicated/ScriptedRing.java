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
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** A ring of one on the test's thread: what is sent is delivered, and time passes, when the test says so. */
final class ScriptedRing implements Ring {

    /** The number of the ring that is delivered. */
    static final long SEQUENCE = 10;

    private record Later(long atNanos, long order, Runnable task) {}

    private record Sent(byte[] bytes, Guarantee guarantee) {}

    private final MemberId self;
    private final RingConfiguration configuration;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>(
            (a, b) -> a.atNanos != b.atNanos ? Long.compare(a.atNanos, b.atNanos) : Long.compare(a.order, b.order));
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();
    private final List<byte[]> delivered = new ArrayList<>(); // of this member
    private RingHandler handler;
    private long nowNanos;
    private long numbers;

    /** The send queue takes nothing. */
    boolean isFull;

    /** This member has been told to leave. */
    boolean left;

    ScriptedRing(MemberId self) {
        this.self = self;
        this.configuration = RingConfiguration.regular(new RingId(self, SEQUENCE), MemberSet.of(self));
    }

    /** The objects of the member, which are primary. */
    ReplicatedObjects open(ReplicationOptions options, ReplicationListener listener) {
        RingHandler silent = new RingHandler() {
            @Override
            public void onMessage(Delivery delivery) {}

            @Override
            public void onConfigurationChange(ConfigurationChange change) {}
        };
        ReplicatedObjects objects = ReplicatedObjects.open(options, silent, listener, opened -> {
            handler = opened;
            return this;
        });
        handler.onConfigurationChange(ConfigurationChange.between(MemberSet.of(), configuration));
        pass(Duration.ofSeconds(1));
        return objects;
    }

    /** Delivers what has been sent and does what is due, until that is all. */
    void pass(Duration time) {
        long end = nowNanos + time.toNanos();
        settle();
        while (!later.isEmpty() && later.peek().atNanos <= end) {
            Later next = later.poll();
            nowNanos = Math.max(nowNanos, next.atNanos);
            next.task.run();
            settle();
        }
        nowNanos = end;
    }

    private void settle() {
        while (!tasks.isEmpty() || !sent.isEmpty()) {
            if (!tasks.isEmpty()) {
                tasks.remove().run();
            } else {
                Sent next = sent.remove();
                delivered.add(next.bytes);
                handler.onMessage(new Message(self, ++numbers, next.bytes, configuration));
            }
        }
    }

    /** A member says this on the ring; it need not be there. */
    void says(MemberId member, byte[] message) {
        handler.onMessage(new Message(member, ++numbers, message, configuration));
        settle();
    }

    /** What this member has said about the state, of one kind. */
    List<byte[]> delivered(CommandRouter.Kind kind) {
        return delivered.stream().filter(each -> each[0] == kind.ordinal()).toList();
    }

    @Override
    public boolean offer(String group, byte[] message, Guarantee guarantee, Outcome outcome) {
        if (!isFull) {
            sent.add(new Sent(message, guarantee));
        }
        return !isFull;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        later.add(new Later(nowNanos + delay.toNanos(), numbers++, task));
    }

    @Override
    public CompletableFuture<Void> leave() {
        left = true;
        return new CompletableFuture<>();
    }

    @Override
    public RingStatus status() {
        Member local = new Member(self, MemberAddress.ofIpv4(0x7F000001, 7000));
        return new RingStatus(RingStatus.State.OPERATIONAL, configuration, List.of(local), local);
    }

    @Override
    public RingOptions options() {
        return RingOptions.builder().build();
    }

    @Override
    public long nanoTime() {
        return nowNanos;
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
        return Duration.ofSeconds(1);
    }

    @Override
    public boolean isOwnThread() {
        return false;
    }

    // What follows is for whoever opened the ring; the objects on it never ask for it.

    @Override
    public CompletableFuture<Void> start() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void awaitFormation(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RingStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void useKeys(Keyring keyring) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    private record Message(MemberId sender, long number, byte[] content, RingConfiguration configuration)
            implements Delivery {

        @Override
        public String group() {
            return CommandRouter.GROUP;
        }

        @Override
        public Guarantee guarantee() {
            return Guarantee.SAFE;
        }

        @Override
        public long sequence() {
            return number;
        }

        @Override
        public int index() {
            return 0;
        }

        @Override
        public int length() {
            return content.length;
        }

        @Override
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(content);
        }

        @Override
        public Delivery copy() {
            return this;
        }
    }
}
