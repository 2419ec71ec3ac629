package io.vsring.sample;

import io.vsring.MemberId;
import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.NotPrimaryException;
import io.vsring.ring.OutcomeUnknownException;
import io.vsring.ring.RingClosedException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Distributed locks. Who asks over HTTP gets the fencing token, and gives the lock back with it, to the member that
 * gave it; that member holds the lock meanwhile, and loses it when it dies.
 */
@RestController
@RequestMapping(path = "/locks", produces = MediaType.APPLICATION_JSON_VALUE)
class LocksController {

    private static final String WAIT = "wait";
    private static final String TOKEN = "token";
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);

    private final DistributedLocks locks;
    private final ConcurrentMap<Long, LockHandle> taken = new ConcurrentHashMap<>();

    LocksController(DistributedLocks locks) {
        this.locks = locks;
    }

    /** A lock that was obtained. */
    record Granted(String name, long token) {}

    /** A lock that was given back. */
    record Released(boolean released) {}

    /** A lock in the table that all members have. */
    record Entry(String name, String owner, long token, List<String> waiters) {

        static Entry of(DistributedLocks.Held held) {
            return new Entry(
                    held.name(),
                    held.holder().toString(),
                    held.fencingToken(),
                    held.waiting().stream().map(MemberId::toString).toList());
        }
    }

    /** All locks that somebody holds, as this member knows it. */
    @GetMapping
    List<Entry> table(HttpServletRequest request) {
        Query.of(request);
        return locks.snapshot().stream().map(Entry::of).toList();
    }

    /** Takes the lock, if need be after others, but does not wait longer than it is told. */
    @PostMapping("/{name}")
    Granted lock(@PathVariable String name, HttpServletRequest request) throws InterruptedException {
        Duration wait = Query.of(request, WAIT).duration(WAIT, "0s", WAIT_MAX);
        LockHandle lock = locks.tryAcquire(name, wait)
                .orElseThrow(() -> new RefusedException(
                        HttpStatus.CONFLICT,
                        "lock-held",
                        "others have the lock '" + name + "', or had it for all of " + wait.toMillis() + "ms"));
        taken.put(lock.fencingToken(), lock);
        lock.onLost(lost -> taken.remove(lost.fencingToken()));
        return new Granted(name, lock.fencingToken());
    }

    /** Gives back the lock that was obtained from this member with this token. */
    @DeleteMapping("/{name}")
    Released unlock(@PathVariable String name, HttpServletRequest request) {
        long token = Query.of(request, TOKEN).number(TOKEN, "");
        LockHandle lock = taken.get(token);
        if (lock == null || !lock.name().equals(name) || !taken.remove(token, lock) || !release(lock)) {
            throw new RefusedException(
                    HttpStatus.CONFLICT,
                    "lock-not-held",
                    "nobody holds the lock '" + name + "' with the token " + token
                            + " from this member: it was given back, or lost, or never granted here");
        }
        return new Released(true);
    }

    private static boolean release(LockHandle lock) {
        try {
            return lock.release();
        } catch (NotPrimaryException | RingClosedException later) {
            throw new OutcomeUnknownException(
                    "the lock '" + lock.name()
                            + "' is given back as soon as this member is primary again, if the others"
                            + " have not taken it by then",
                    later);
        }
    }
}
