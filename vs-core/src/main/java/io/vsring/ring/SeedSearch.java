package io.vsring.ring;

import io.vsring.MemberAddress;
import io.vsring.transport.LoopThread;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where others may be, and whether that has changed.
 *
 * <p>Seeds that are addresses are looked at once, by whoever puts the member together. For all others somebody has to
 * be asked, and again in every refresh interval, on a thread that may wait. What cannot be found out stays as it was
 * found last.
 */
final class SeedSearch {

    /** A member that knows of nobody yet does not start for others: it asks more often. */
    private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Each gets a probe in every merge interval, and who says what the seeds are may be mistaken. */
    private static final int ADDRESSES_MAX = 1024;

    private static final String NOT_KNOWN = ", and is looked for again and again. Under Kubernetes, a headless service"
            + " with publishNotReadyAddresses is known from its first pod on";

    private final RingOptions options;
    private final MemberAddress own;
    private final Supplier<LoopThread> asking;
    private final Seed.Hosts hosts;
    private final SeedProvider provider;
    private Map<String, List<MemberAddress>> found = Map.of();
    private SeedNews last = SeedNews.NONE;
    private @Nullable LoopThread thread;

    /**
     * @param asking opens the thread on which others are asked
     * @throws RingStartException if no seed is where this member could look for others, and that cannot change
     */
    SeedSearch(RingOptions options, MemberAddress own, Supplier<LoopThread> asking) {
        this(options, own, asking, Seed.Hosts.OF_THIS_JVM);
    }

    SeedSearch(RingOptions options, MemberAddress own, Supplier<LoopThread> asking, Seed.Hosts hosts) {
        this.hosts = hosts;
        this.options = options;
        this.own = own;
        this.asking = asking;
        SeedProvider changing = options.seedProvider();
        this.provider = changing != null ? changing : options::seeds;
        if (options.hasFixedSeeds()) {
            last = look();
            if (!last.isKnown()) {
                throw new RingStartException(String.join("; ", last.troubles().values()));
            }
        }
    }

    /**
     * Begins to ask, if anybody has to be asked. The loop thread calls this, once.
     *
     * @param listener is told whatever comes to be known, on the thread that asks
     * @return what is known now
     */
    SeedNews begin(Consumer<SeedNews> listener) {
        SeedNews now = last;
        if (!options.hasFixedSeeds()) {
            LoopThread opened = asking.get();
            thread = opened;
            opened.execute(() -> lookAgain(opened, listener));
        }
        return now;
    }

    /** Asks no more; an answer that somebody waits for is not told. */
    void close() {
        LoopThread opened = thread;
        if (opened != null) {
            opened.close();
        }
    }

    private void lookAgain(LoopThread opened, Consumer<SeedNews> listener) {
        try {
            SeedNews news = look();
            if (!news.equals(last)) {
                last = news;
                listener.accept(news);
            }
        } finally {
            long refresh = options.seedRefreshInterval().toNanos();
            LoopThread.Scheduled unused = opened.schedule(
                    () -> lookAgain(opened, listener), last.isKnown() ? refresh : Math.min(refresh, FIRST_RETRY_NANOS));
        }
    }

    private SeedNews look() {
        Map<String, String> troubles = new LinkedHashMap<>();
        List<String> seeds = ask(troubles);
        if (seeds == null) {
            return new SeedNews(last.isKnown(), last.addresses(), troubles);
        }
        Map<String, List<MemberAddress>> now = new LinkedHashMap<>();
        for (String seed : seeds) {
            now.put(seed, addressesOf(seed, troubles));
        }
        boolean nothing = now.values().stream().allMatch(List::isEmpty);
        if (nothing && !seeds.isEmpty()) {
            return new SeedNews(last.isKnown(), last.addresses(), troubles);
        }
        found = now;
        Set<MemberAddress> all = new LinkedHashSet<>();
        now.values().forEach(all::addAll);
        all.remove(own);
        if (all.size() > ADDRESSES_MAX) {
            trouble(troubles, "more than " + ADDRESSES_MAX + " addresses, of which the rest is not looked at");
            all = all.stream().limit(ADDRESSES_MAX).collect(Collectors.toCollection(LinkedHashSet::new));
        }
        return new SeedNews(true, all, troubles);
    }

    /** Null if there was no answer. The provider may be anybody's code, so anything may come out of it. */
    private @Nullable List<String> ask(Map<String, String> troubles) {
        try {
            return List.copyOf(provider.seeds());
        } catch (Exception e) {
            troubles.put(e.getClass().getName(), name() + " did not answer: " + e);
            return null;
        }
    }

    /** What is behind a seed, or was when its host was known. */
    private List<MemberAddress> addressesOf(String seed, Map<String, String> troubles) {
        try {
            return allowed(seed, parse(seed).resolve(hosts), troubles);
        } catch (IllegalArgumentException e) {
            trouble(troubles, String.valueOf(e.getMessage()));
            return List.of();
        } catch (UnknownHostException e) {
            trouble(troubles, "the host of '" + seed + "' is not known" + NOT_KNOWN);
            return found.getOrDefault(seed, List.of());
        }
    }

    private Seed parse(String seed) {
        RingOptionsBuilder values = options.values();
        return Seed.parse(seed, values.effectivePortFrom(), values.effectivePortTo());
    }

    /** Where this member may send to. */
    private List<MemberAddress> allowed(String seed, List<MemberAddress> all, Map<String, String> troubles) {
        List<MemberAddress> ofOurVersion =
                all.stream().filter(each -> each.isIpv4() == own.isIpv4()).toList();
        if (ofOurVersion.isEmpty()) {
            trouble(troubles, "the seed '" + seed + "' has no address of the IP version of " + own);
        }
        if (options.mayLeaveHost()) {
            return ofOurVersion;
        }
        List<MemberAddress> here =
                ofOurVersion.stream().filter(Seed::isLoopback).toList();
        if (here.size() < ofOurVersion.size()) {
            trouble(troubles, RingOptionsCheck.refusal("the seed '" + seed + "'"));
        }
        return here;
    }

    private void trouble(Map<String, String> troubles, String text) {
        troubles.put(text, name() + ": " + text);
    }

    private String name() {
        return options.seedProvider() == null ? "vs.discovery.seeds" : provider.toString();
    }

    /** What is asked, as an operator knows it. */
    @Override
    public String toString() {
        return options.seedProvider() == null ? options.seeds().toString() : provider.toString();
    }
}
