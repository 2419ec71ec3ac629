package io.vsring.replicated;

import io.vsring.MemberId;
import io.vsring.MemberSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All locks and who waits for them, on every member. A lock that nobody holds or waits for is not there.
 *
 * <p>Each grant gets a fencing token, greater than all before it over all locks, and over all histories: the first one
 * is the time at which the history began. A lock whose holder is not in the primary component any more is given to the
 * next only after the holder has had the time to notice. Of those who hold or wait there are no more than
 * {@value #CLAIMS_MAX}.
 *
 * <p>The delivery thread changes it; who holds a lock any thread may ask.
 */
final class LocksReplica implements Replica {

    /** Is told of grants when they are applied. */
    interface Grants {

        void granted(MemberId client, long session, long token);
    }

    static final String KIND = "locks";

    /** Who holds or waits, over all locks. */
    static final int CLAIMS_MAX = 1 << 18;

    private static final int TOKEN_BITS_OF_MILLIS = 20;
    private static final long TOKEN_MAX = ByteReader.NUMBER_MAX + (1L << 61); // the latest beginning, and grants
    private static final int PIECE_BYTES = 32 * 1024;
    private static final long HERE = -1;

    /** Who holds a lock or waits for it: one session, of one client. */
    private record Claim(MemberId client, long session, long guardMillis) {

        boolean is(MemberId who, long which) {
            return session == which && client.equals(who);
        }
    }

    /** @param goneAt when its holder was there no more, in the time of the order; else {@link #HERE} */
    private record Grant(Claim holder, long token, long goneAt) {

        boolean isOfSomebodyHere() {
            return goneAt == HERE;
        }
    }

    private static final class Lock {

        private volatile Grant grant;
        private final ArrayDeque<Claim> waiting = new ArrayDeque<>();

        Lock(Grant grant) {
            this.grant = grant;
        }
    }

    /** Who holds a lock, and under which token. */
    record Holder(MemberId member, long token) {}

    enum Kind {
        ACQUIRE,
        TRY,
        RELEASE
    }

    private static final Kind[] KINDS = Kind.values();

    private final Grants grants;
    private final ConcurrentHashMap<String, Lock> locks = new ConcurrentHashMap<>();
    private long lastToken;
    private int gone; // locks whose holders are gone
    private int claims;

    LocksReplica(Grants grants) {
        this.grants = grants;
    }

    static byte[] acquire(Kind kind, String name, long session, long guardMillis) {
        return new ByteWriter(name.length() + 24)
                .putByte(kind.ordinal())
                .putText(name)
                .putNumber(session)
                .putNumber(guardMillis)
                .toBytes();
    }

    static byte[] release(String name, long session) {
        return new ByteWriter(name.length() + 16)
                .putByte(Kind.RELEASE.ordinal())
                .putText(name)
                .putNumber(session)
                .toBytes();
    }

    /** The token under which this session holds the lock; 0 if it does not. */
    long tokenOf(String name, MemberId client, long session) {
        Lock lock = locks.get(name);
        return lock != null && lock.grant.holder.is(client, session) ? lock.grant.token : 0;
    }

    /** All of them in an order that is the same on all members; for what is seldom done. */
    private Map<String, Lock> byName() {
        return new TreeMap<>(locks);
    }

    /** Who holds the lock; null if nobody does, or who does is not there any more. Any thread. */
    @Nullable
    Holder holder(String name) {
        Lock lock = locks.get(name);
        Grant now = lock == null ? null : lock.grant;
        return now != null && now.isOfSomebodyHere() ? new Holder(now.holder.client, now.token) : null;
    }

    /** Whether this session waits for the lock. */
    boolean isWaiting(String name, MemberId client, long session) {
        Lock lock = locks.get(name);
        return lock != null && lock.waiting.stream().anyMatch(claim -> claim.is(client, session));
    }

    /** How many somebody holds or waits for. Any thread. */
    int size() {
        return locks.size();
    }

    /** All that somebody holds, by name. Delivery thread. */
    List<DistributedLocks.Held> held() {
        List<DistributedLocks.Held> all = new ArrayList<>(locks.size());
        byName().forEach((name, lock) -> all.add(new DistributedLocks.Held(
                name,
                lock.grant.holder().client(),
                lock.grant.token(),
                lock.waiting.stream().map(Claim::client).toList())));
        return Collections.unmodifiableList(all);
    }

    /** All that sessions of this client hold or wait for. */
    void forEachOf(MemberId client, BiConsumer<String, Long> taker) {
        for (Map.Entry<String, Lock> each : byName().entrySet()) {
            Lock lock = each.getValue();
            if (lock.grant.holder.client.equals(client)) {
                taker.accept(each.getKey(), lock.grant.holder.session);
            }
            for (Claim claim : lock.waiting) {
                if (claim.client.equals(client)) {
                    taker.accept(each.getKey(), claim.session);
                }
            }
        }
    }

    @Override
    public boolean isQuick(byte[] command) {
        return true;
    }

    @Override
    public byte[] apply(byte[] command, Circumstances circumstances) {
        ByteReader in = new ByteReader(command);
        int kind = in.getByte();
        if (kind >= KINDS.length) {
            throw new MalformedCommandException("not a command of locks: " + kind);
        }
        String name = in.getText();
        long session = in.getNumber();
        if (KINDS[kind] == Kind.RELEASE) {
            in.end();
            return new byte[] {(byte) (release(name, circumstances, session) ? 1 : 0)};
        }
        Claim claim = new Claim(circumstances.client(), session, in.getNumber());
        in.end();
        return number(acquire(name, claim, KINDS[kind], circumstances));
    }

    private static byte[] number(long number) {
        return new ByteWriter(Long.BYTES + 1).putNumber(number).toBytes();
    }

    /** The token, or 0 if somebody else holds the lock. */
    private long acquire(String name, Claim claim, Kind kind, Circumstances circumstances) {
        Lock lock = locks.get(name);
        if (lock == null) {
            checkRoom();
            claims++;
            Grant grant = new Grant(claim, nextToken(circumstances), HERE);
            locks.put(name, new Lock(grant));
            return grant.token;
        }
        if (lock.grant.holder.is(claim.client, claim.session)) {
            return lock.grant.token;
        }
        if (kind == Kind.ACQUIRE && !isWaiting(name, claim.client, claim.session)) {
            checkRoom();
            claims++;
            lock.waiting.add(claim);
        }
        return 0;
    }

    private void checkRoom() {
        if (claims >= CLAIMS_MAX) {
            throw new ReplicaException(CLAIMS_MAX + " locks are held or waited for already: one has to be released"
                    + " before the next is asked for. Nothing has been changed");
        }
    }

    private long nextToken(Circumstances circumstances) {
        if (ReplicaMutant.TOKENS_BEGIN_ANEW && locks.isEmpty()) {
            lastToken = 0;
        }
        lastToken = Math.max(lastToken + 1, circumstances.begunMillis() << TOKEN_BITS_OF_MILLIS);
        return lastToken;
    }

    /** Whether the session has held the lock, or waited for it. */
    private boolean release(String name, Circumstances circumstances, long session) {
        Lock lock = locks.get(name);
        if (lock == null) {
            return false;
        }
        if (!lock.grant.holder.is(circumstances.client(), session)) {
            boolean waited = lock.waiting.removeIf(claim -> claim.is(circumstances.client(), session));
            claims -= waited ? 1 : 0;
            return waited;
        }
        passOn(name, lock, circumstances);
        return true;
    }

    private void passOn(String name, Lock lock, Circumstances circumstances) {
        if (!lock.grant.isOfSomebodyHere()) {
            gone--;
        }
        claims--;
        Claim next = lock.waiting.poll();
        if (next == null) {
            locks.remove(name);
            return;
        }
        Grant grant = new Grant(next, nextToken(circumstances), HERE);
        lock.grant = grant;
        grants.granted(next.client, next.session, grant.token);
    }

    @Override
    public void onMembers(MemberSet members, Circumstances circumstances) {
        gone = 0;
        for (Lock lock : locks.values()) {
            claims -= lock.waiting.size();
            lock.waiting.removeIf(claim -> !members.contains(claim.client));
            claims += lock.waiting.size();
            Grant now = lock.grant;
            boolean here = members.contains(now.holder.client)
                    || (ReplicaMutant.LOCKS_OF_THE_SLOT && members.stream().anyMatch(now.holder.client::isSameSlotAs));
            if (!here) {
                gone++;
                if (now.isOfSomebodyHere()) {
                    lock.grant = new Grant(now.holder, now.token, circumstances.millis());
                }
            } else if (!now.isOfSomebodyHere()) {
                lock.grant = new Grant(now.holder, now.token, HERE);
            }
        }
        if (ReplicaMutant.LOCKS_GIVEN_ON_AT_ONCE) {
            onTime(circumstances);
        }
    }

    @Override
    public boolean waitsForTime() {
        return gone > 0;
    }

    @Override
    public void onTime(Circumstances circumstances) {
        if (gone == 0) {
            return;
        }
        List<String> due = new ArrayList<>();
        for (Map.Entry<String, Lock> each : byName().entrySet()) {
            Grant now = each.getValue().grant;
            long guardMillis = ReplicaMutant.LOCKS_GIVEN_ON_AT_ONCE ? 0 : now.holder.guardMillis;
            if (!now.isOfSomebodyHere() && circumstances.millis() - now.goneAt >= guardMillis) {
                due.add(each.getKey());
            }
        }
        for (String name : due) {
            Lock lock = locks.get(name);
            if (lock != null) {
                passOn(name, lock, circumstances);
            }
        }
    }

    @Override
    public StateSnapshot snapshot() {
        List<byte[]> pieces = new ArrayList<>();
        ByteWriter out = new ByteWriter(PIECE_BYTES).putNumber(lastToken);
        for (Map.Entry<String, Lock> each : byName().entrySet()) {
            if (out.length() > PIECE_BYTES) {
                pieces.add(out.toBytes());
                out = new ByteWriter(PIECE_BYTES).putNumber(lastToken);
            }
            Lock lock = each.getValue();
            Grant now = lock.grant;
            out.putText(each.getKey()).putNumber(now.token).putNumber(now.goneAt + 1);
            write(out, now.holder);
            out.putNumber(lock.waiting.size());
            for (Claim claim : lock.waiting) {
                write(out, claim);
            }
        }
        pieces.add(out.toBytes());
        return StateSnapshot.of(pieces.iterator());
    }

    private static void write(ByteWriter out, Claim claim) {
        out.putMember(claim.client).putNumber(claim.session).putNumber(claim.guardMillis);
    }

    private static Claim readClaim(ByteReader in) {
        return new Claim(in.getMember(), in.getNumber(), in.getNumber());
    }

    @Override
    public void restore(byte[] piece) {
        ByteReader in = new ByteReader(piece);
        lastToken = in.getNumber(TOKEN_MAX);
        while (in.remaining() > 0) {
            String name = in.getText();
            long token = in.getNumber(TOKEN_MAX);
            long goneAt = in.getNumber(ByteReader.NUMBER_MAX) - 1;
            Lock lock = new Lock(new Grant(readClaim(in), token, goneAt));
            gone += goneAt == HERE ? 0 : 1;
            int count = in.getCount(14);
            for (int i = 0; i < count; i++) {
                lock.waiting.add(readClaim(in));
            }
            claims += 1 + count;
            if (locks.put(name, lock) != null) {
                throw new MalformedCommandException("lock '" + name + "' is there twice");
            }
        }
    }
}
