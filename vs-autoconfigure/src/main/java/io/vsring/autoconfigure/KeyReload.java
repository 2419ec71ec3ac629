package io.vsring.autoconfigure;

import io.vsring.actuate.RingKeys;
import io.vsring.ring.Ring;
import io.vsring.security.Keyring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;

/**
 * Gives a running member the keys that have taken the place of those before: looks at files now and then, and at SSL
 * bundles when they are replaced, on a thread of its own. What cannot be used changes nothing.
 */
final class KeyReload implements RingKeys {

    private static final Logger log = LoggerFactory.getLogger(KeyReload.class);

    private final ConfiguredKeys keys;
    private final Duration period;
    private final SslBundles bundles;
    private final boolean areOurs;
    private final Set<Integer> ids = new TreeSet<>(); // guarded by this, as the next four
    private final List<IntConsumer> told = new ArrayList<>();
    private @Nullable ScheduledThreadPoolExecutor thread;
    private @Nullable Ring ring;
    private boolean hearsOfBundles;
    private volatile @Nullable String refusal;

    /**
     * Looks at these keys.
     *
     * @param first what the member is set up with; if this is not what was read, it gets no others
     * @param period zero: files are not looked at
     */
    KeyReload(ConfiguredKeys keys, @Nullable Keyring first, Duration period, SslBundles bundles) {
        this.keys = keys;
        this.period = period;
        this.bundles = bundles;
        this.areOurs = first != null && first.equals(keys.last());
    }

    /** The member has been opened and not been started: it starts with the keys as they are now. */
    synchronized void begin(Ring opened) {
        Keyring first = opened.keyring();
        if (first == null) {
            return;
        }
        tell(first);
        if (!areOurs) {
            return;
        }
        ring = opened;
        hearOfBundles();
        look(opened);
        boolean areFilesWatched = keys.areInFiles() && !period.isZero();
        if (!areFilesWatched && keys.bundleNames().isEmpty()) {
            return;
        }
        ScheduledThreadPoolExecutor looking = new ScheduledThreadPoolExecutor(
                1, KeyReload::daemon, new ThreadPoolExecutor.DiscardPolicy()); // whoever is late, after the end
        if (areFilesWatched) {
            var unused = looking.scheduleWithFixedDelay(
                    () -> look(opened), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        }
        thread = looking;
    }

    /** The member ends. */
    synchronized void end() {
        if (thread != null) {
            thread.shutdown();
        }
        thread = null;
        ring = null;
        refusal = null;
    }

    @Override
    public synchronized void forEachId(IntConsumer each) {
        told.add(each);
        ids.forEach(each::accept);
    }

    @Override
    public @Nullable String refusal() {
        return refusal;
    }

    private void hearOfBundles() {
        if (!hearsOfBundles) {
            hearsOfBundles = true; // nobody can stop to hear of them
            keys.bundleNames().forEach(name -> bundles.addBundleUpdateHandler(name, unused -> bundleChanged()));
        }
    }

    private synchronized void bundleChanged() {
        Ring running = ring;
        if (thread != null && running != null) {
            thread.execute(() -> look(running));
        }
    }

    private void look(Ring at) {
        try {
            List<String> wrong = new ArrayList<>();
            Keyring read = keys.read(wrong::add);
            if (read == null) {
                refuse(at, String.join("; ", wrong));
            } else {
                refusal = null;
            }
            Keyring usable = keys.last();
            if (usable != null && !usable.equals(at.keyring())) {
                tell(usable);
                at.useKeys(usable);
            }
        } catch (RuntimeException e) {
            // The top of a thread, which goes on looking. The text may have anything in it.
            refuse(at, "they cannot be looked at: " + e.getClass().getName());
        }
    }

    private void refuse(Ring at, String why) {
        if (!why.equals(refusal)) {
            refusal = why;
            log.warn(
                    "member={} goes on with the keys that it has, since there are others that cannot be used: {}",
                    at.status().local().id(),
                    why);
        }
    }

    /** Before they are used, so that all that is opened with them can be seen. */
    private synchronized void tell(Keyring keyring) {
        for (int id : new TreeSet<>(keyring.ids())) {
            if (ids.add(id)) {
                told.forEach(each -> each.accept(id));
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "vs-keys");
        thread.setDaemon(true);
        return thread;
    }
}
