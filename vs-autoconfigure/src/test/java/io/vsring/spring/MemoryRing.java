package io.vsring.spring;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.Member;
import io.vsring.MemberAddress;
import io.vsring.MemberId;
import io.vsring.ring.Outcome;
import io.vsring.ring.Ring;
import io.vsring.ring.RingClosedException;
import io.vsring.ring.RingHandler;
import io.vsring.ring.RingOptions;
import io.vsring.ring.RingStatistics;
import io.vsring.ring.RingStatus;
import io.vsring.security.Keyring;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/** One member of a {@link MemoryOrder}. */
public final class MemoryRing implements Ring {

    private final MemoryOrder order;
    private final MemberId id;
    private final RingOptions options;
    private final RingHandler handler;
    private final ScheduledThreadPoolExecutor delivery;
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private volatile Thread deliveryThread;
    private volatile @Nullable Keyring keyring;
    private volatile @Nullable Member twin;
    private volatile long receiveDrops;
    private volatile RingStatus.State state = RingStatus.State.JOINING;
    private long number;

    MemoryRing(MemoryOrder order, MemberId id, RingOptions options, RingHandler handler) {
        this.order = order;
        this.id = id;
        this.options = options;
        this.handler = handler;
        this.keyring = options.keyring();
        this.delivery = new ScheduledThreadPoolExecutor(1, task -> {
            deliveryThread = new Thread(task, "memory-delivery-" + id);
            return deliveryThread;
        });
        delivery.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        delivery.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // the member has ended
    }

    public MemberId id() {
        return id;
    }

    @Override
    public CompletableFuture<Void> start() {
        state = RingStatus.State.OPERATIONAL;
        order.join(this);
        return CompletableFuture.runAsync(() -> {}, delivery);
    }

    @Override
    public void awaitFormation(Duration timeout) {}

    @Override
    public boolean offer(String group, byte[] message, Guarantee guarantee, Outcome outcome) {
        if (state != RingStatus.State.OPERATIONAL) {
            throw new RingClosedException("member " + id + " is not on a ring");
        }
        return order.offer(this, group, message, guarantee, outcome);
    }

    @Override
    public void execute(Runnable task) {
        delivery.execute(task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        delivery.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
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
        return Duration.ofMillis(800);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public RingStatus status() {
        List<Member> members = order.members().stream()
                .map(member -> new Member(member.id(), address(member.id())))
                .toList();
        return new RingStatus(state, order.configuration(), members, new Member(id, address(id)));
    }

    @Override
    public RingStatistics statistics() {
        return statistics(Map.of());
    }

    /** These counters, by the names of their components; all others are 0, however many there are. */
    public static RingStatistics statistics(Map<String, ?> known) {
        Constructor<?> constructor = RingStatistics.class.getDeclaredConstructors()[0];
        Object[] values = Arrays.stream(RingStatistics.class.getRecordComponents())
                .map(component -> {
                    Object zero = zero(component.getType());
                    return known.containsKey(component.getName()) ? known.get(component.getName()) : zero;
                })
                .toArray();
        return (RingStatistics) BeanUtils.instantiateClass(constructor, values);
    }

    private static Object zero(Class<?> type) {
        if (type == String.class) {
            return "";
        }
        return type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : Map.of();
    }

    @Override
    public void useKeys(Keyring keys) {
        keyring = keys;
    }

    @Override
    public @Nullable Keyring keyring() {
        return keyring;
    }

    @Override
    public @Nullable Member twin() {
        return twin;
    }

    /** As if this one had the id of another. */
    public void twin(@Nullable Member sighted) {
        twin = sighted;
    }

    @Override
    public OptionalLong receiveDrops() {
        return state == RingStatus.State.CLOSED ? OptionalLong.empty() : OptionalLong.of(receiveDrops);
    }

    /** As if the system had dropped so many datagrams. */
    public void receiveDrops(long datagrams) {
        receiveDrops = datagrams;
    }

    @Override
    public RingOptions options() {
        return options;
    }

    @Override
    public boolean isOwnThread() {
        return Thread.currentThread() == deliveryThread;
    }

    @Override
    public CompletableFuture<Void> leave() {
        state = RingStatus.State.LEAVING;
        order.leave(this);
        return left;
    }

    @Override
    public void close() {
        leave();
        delivery.shutdown();
        state = RingStatus.State.CLOSED;
    }

    long nextNumber() {
        return ++number;
    }

    void deliver(Delivery message) {
        delivery.execute(() -> handler.onMessage(message));
    }

    void deliver(ConfigurationChange change) {
        delivery.execute(() -> handler.onConfigurationChange(change));
    }

    void deliver(Runnable task) {
        delivery.execute(task);
    }

    void end(boolean crashed) {
        state = RingStatus.State.CLOSED;
        delivery.execute(() -> {
            handler.onClosed(crashed ? new IllegalStateException("crashed") : null);
            left.complete(null);
        });
    }

    private static MemberAddress address(MemberId id) {
        return MemberAddress.ofIpv4(0x7F00_0001, 7000 + id.id());
    }
}
