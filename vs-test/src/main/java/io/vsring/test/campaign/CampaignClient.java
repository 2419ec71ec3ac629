package io.vsring.test.campaign;

import io.vsring.test.linearizability.CounterModel;
import io.vsring.test.linearizability.Invocation;
import io.vsring.test.linearizability.LockModel;
import io.vsring.test.linearizability.MapEntryModel;
import io.vsring.test.linearizability.ObjectKey;
import io.vsring.test.linearizability.PendingOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client that makes one call after the other, at one member for a while, or until one is not carried out. One thread.
 */
final class CampaignClient {

    private static final int PAUSE_MILLIS = 30;
    private static final int HOLD_MILLIS = 20;
    private static final int LONG_HOLD_MILLIS = 1_000;
    private static final int LONG_HOLD_ONE_IN = 20;
    private static final int MOVE_ONE_IN = 50;
    private static final int MESSAGE_ONE_IN = 4;
    private static final int SHORT_MESSAGE = 400;
    private static final int LONG_MESSAGE = 40_000;
    private static final int LONG_MESSAGE_ONE_IN = 25;
    private static final String ORDERED = "?read=ordered";
    private static final String VALUE = "value";

    private final int client;
    private final List<MemberSlot> members;
    private final HttpCalls calls;
    private final CampaignTally tally;
    private final Random dice;
    private final boolean sendsMessages;
    private final Map<ObjectKey, String> seen = new HashMap<>();
    private int seenIn = -1;
    private int at;
    private long written;

    CampaignClient(
            int client, List<MemberSlot> members, HttpCalls calls, CampaignTally tally, CampaignOptions options) {
        this.client = client;
        this.members = members;
        this.calls = calls;
        this.tally = tally;
        this.dice = new Random(options.seed() * 1_000 + client);
        this.sendsMessages = options.isNamespaced();
        this.at = dice.nextInt(members.size());
    }

    /** One operation, or one round with a lock: all that it records is recorded when this returns. */
    void act(Generation generation) throws InterruptedException {
        if (seenIn != generation.number()) {
            seen.clear();
            seenIn = generation.number();
        }
        if (dice.nextInt(MOVE_ONE_IN) == 0) { // or all would stay away from those that were started again
            at = dice.nextInt(members.size());
        }
        if (sendsMessages && dice.nextInt(MESSAGE_ONE_IN) == 0) {
            message();
            return;
        }
        int drawn = dice.nextInt(100);
        if (drawn < 75) {
            entry(generation, dice.nextInt(Generation.KEYS), drawn);
        } else if (drawn < 92) {
            counter(generation, dice.nextInt(Generation.COUNTERS), drawn);
        } else {
            lock(generation, dice.nextInt(Generation.LOCKS));
        }
    }

    /** Judged by what the members' traces say of it, not by its answer. Mostly small, sometimes in several frames. */
    private void message() throws InterruptedException {
        String guarantee = dice.nextBoolean() ? "safe" : "agreed";
        int length = 1 + dice.nextInt(dice.nextInt(LONG_MESSAGE_ONE_IN) == 0 ? LONG_MESSAGE : SHORT_MESSAGE);
        String body = value() + "-".repeat(length);
        Reply reply = calls.call(members.get(at), "POST", "/messages?group=campaign&guarantee=" + guarantee, body);
        ended("message-" + guarantee, reply);
    }

    private void entry(Generation generation, int index, int drawn) throws InterruptedException {
        ObjectKey key = generation.keyObject(index);
        String path = generation.keyPath(index);
        String known = seen.get(key);
        if (drawn < 20) {
            String value = value();
            call(generation, new Call("map-put", key, MapEntryModel.put(value), "PUT", path, value, "previous"));
        } else if (drawn < 40 && known != null) {
            String value = value();
            String query = "/cas?expect=" + known + "&value=" + value;
            Invocation replace = MapEntryModel.replace(known, value);
            call(generation, new Call("map-cas", key, replace, "POST", path + query, "", "done"));
            seen.remove(key);
        } else if (drawn >= 40 && drawn < 45) {
            call(generation, new Call("map-remove", key, MapEntryModel.remove(), "DELETE", path, "", "previous"));
        } else {
            Invocation get = MapEntryModel.get();
            Reply reply = call(generation, new Call("map-get", key, get, "GET", path + ORDERED, "", VALUE));
            String value = reply.isOk() ? reply.value(VALUE) : null;
            if (value != null) {
                seen.put(key, value);
            }
        }
    }

    private String value() {
        return "c" + client + "-" + ++written;
    }

    private void counter(Generation generation, int index, int drawn) throws InterruptedException {
        ObjectKey counter = generation.counterObject(index);
        String path = "/counters/" + generation.counter(index);
        if (drawn < 85) {
            Invocation add = CounterModel.add(1);
            call(generation, new Call("counter-add", counter, add, "POST", path + "?add=1", "", VALUE));
        } else {
            Invocation get = CounterModel.get();
            call(generation, new Call("counter-get", counter, get, "GET", path + ORDERED, "", VALUE));
        }
    }

    /**
     * Takes a lock, writes to what is behind it, gives it back. If it is not told that it held the lock to the end, the
     * lock may have been lost since it was asked for.
     */
    private void lock(Generation generation, int index) throws InterruptedException {
        ObjectKey lock = generation.lockObject(index);
        String path = "/locks/" + generation.lock(index);
        String owner = value();
        MemberSlot member = members.get(at);
        long sinceNanos = System.nanoTime();
        PendingOperation acquire = generation.begin(client, lock, LockModel.acquire(owner));
        Reply granted = calls.call(member, "POST", path + "?wait=3s", "");
        if (!granted.isOk()) {
            // Its request was withdrawn in the end, but it may have had the lock for a moment before that.
            if (granted.outcome() == Reply.Outcome.REFUSED) {
                acquire.refused();
            } else {
                acquire.unknown();
                generation.mayHaveLost(client, lock, owner, sinceNanos);
            }
            ended("lock-acquire", granted);
            return;
        }
        long token = granted.number("token");
        acquire.returned(token);
        ended("lock-acquire", granted);
        Thread.sleep(dice.nextInt(dice.nextInt(LONG_HOLD_ONE_IN) == 0 ? LONG_HOLD_MILLIS : HOLD_MILLIS));
        tally.count("fenced-write", generation.resource(index).write(token) ? "accepted" : "refused-as-old");

        PendingOperation release = generation.begin(client, lock, LockModel.release(token));
        // It belongs to the member that gave it.
        Reply released = calls.call(member, "DELETE", path + "?token=" + token, "");
        end(release, released, reply -> reply.isOk());
        ended("lock-release", released);
        if (!released.isOk()) {
            generation.mayHaveLost(client, lock, owner, sinceNanos);
        }
    }

    /**
     * A call of one object.
     *
     * @param answer which value of the reply is the answer of the object
     */
    private record Call(
            String kind,
            ObjectKey object,
            Invocation invocation,
            String method,
            String path,
            String body,
            String answer) {}

    private Reply call(Generation generation, Call call) throws InterruptedException {
        PendingOperation operation = generation.begin(client, call.object(), call.invocation());
        Reply reply = calls.call(members.get(at), call.method(), call.path(), call.body());
        end(operation, reply, each -> each.value(call.answer()));
        ended(call.kind(), reply);
        return reply;
    }

    private static void end(
            PendingOperation operation, Reply reply, Function<Reply, ? extends @Nullable Object> answer) {
        switch (reply.outcome()) {
            case DONE -> operation.returned(answer.apply(reply));
            case REFUSED -> operation.refused();
            case UNKNOWN -> operation.unknown();
        }
    }

    /** Tries its luck elsewhere if this member did not carry out what was asked. */
    private void ended(String kind, Reply reply) throws InterruptedException {
        tally.operation(kind, reply);
        if (reply.outcome() != Reply.Outcome.DONE) {
            at = (at + 1 + dice.nextInt(members.size())) % members.size();
            Thread.sleep(1 + dice.nextInt(PAUSE_MILLIS));
        }
    }

    /**
     * Asks what each object has in the end, until some member answers.
     *
     * @return false if it is too late before all have been read
     */
    boolean readBack(Generation generation, long deadlineNanos) throws InterruptedException {
        for (int index = 0; index < Generation.KEYS; index++) {
            ObjectKey key = generation.keyObject(index);
            if (!readBack(generation, key, MapEntryModel.get(), generation.keyPath(index), deadlineNanos)) {
                return false;
            }
        }
        for (int index = 0; index < Generation.COUNTERS; index++) {
            ObjectKey counter = generation.counterObject(index);
            String path = "/counters/" + generation.counter(index);
            if (!readBack(generation, counter, CounterModel.get(), path, deadlineNanos)) {
                return false;
            }
        }
        return true;
    }

    private boolean readBack(Generation generation, ObjectKey object, Invocation get, String path, long deadlineNanos)
            throws InterruptedException {
        at = (at + 1) % members.size();
        while (System.nanoTime() - deadlineNanos < 0) {
            Reply reply = call(generation, new Call("read-back", object, get, "GET", path + ORDERED, "", VALUE));
            if (reply.outcome() == Reply.Outcome.DONE) {
                return true;
            }
        }
        return false;
    }
}
