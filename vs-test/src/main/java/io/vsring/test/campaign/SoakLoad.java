package io.vsring.test.campaign;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that makes one call after the other, of all kinds, on objects that are always the same: what members keep
 * does not grow by what they are asked to keep. One thread.
 */
final class SoakLoad {

    private static final int KEYS = 200;
    private static final int COUNTERS = 4;
    private static final int LOCKS = 4;
    private static final int SHORT = 400;
    private static final int LONG = 20_000;
    private static final int LONG_ONE_IN = 25;

    private final List<MemberSlot> members;
    private final HttpCalls calls;
    private final AtomicLong done;
    private final Random dice;

    /** @param done counts calls that were carried out */
    SoakLoad(int client, List<MemberSlot> members, HttpCalls calls, AtomicLong done) {
        this.members = members;
        this.calls = calls;
        this.done = done;
        this.dice = new Random(client);
    }

    void act() throws InterruptedException {
        MemberSlot member = members.get(dice.nextInt(members.size()));
        String key = "/maps/soak/key-" + dice.nextInt(KEYS);
        int drawn = dice.nextInt(100);
        if (drawn < 30) {
            call(member, "PUT", key, text());
        } else if (drawn < 45) {
            call(member, "GET", key + "?read=ordered", "");
        } else if (drawn < 50) {
            call(member, "DELETE", key, "");
        } else if (drawn < 65) {
            call(member, "POST", "/counters/soak-" + dice.nextInt(COUNTERS) + "?add=1", "");
        } else if (drawn < 75) {
            lock(member, "soak-" + dice.nextInt(LOCKS));
        } else {
            String guarantee = dice.nextBoolean() ? "safe" : "agreed";
            call(member, "POST", "/messages?group=soak&guarantee=" + guarantee, text());
        }
    }

    private void lock(MemberSlot member, String name) throws InterruptedException {
        String path = "/locks/" + name;
        Reply granted = call(member, "POST", path + "?wait=2s", "");
        if (granted.isOk()) {
            call(member, "DELETE", path + "?token=" + granted.number("token"), "");
        } else if (granted.outcome() == Reply.Outcome.UNKNOWN) {
            // The member may have it for us, and nobody else would give it back. If it has it for another one, that one
            // is refused later, and does no harm: there is nothing behind these locks.
            Matcher held = Pattern.compile("\"name\":\"" + name + "\"[^}]*\"token\":(\\d+)")
                    .matcher(call(member, "GET", "/locks", "").body());
            if (held.find()) {
                call(member, "DELETE", path + "?token=" + held.group(1), "");
            }
        }
    }

    private String text() {
        return "x".repeat(1 + dice.nextInt(dice.nextInt(LONG_ONE_IN) == 0 ? LONG : SHORT));
    }

    private Reply call(MemberSlot member, String method, String path, String body) throws InterruptedException {
        Reply reply = calls.call(member, method, path, body);
        if (reply.outcome() == Reply.Outcome.DONE) {
            done.incrementAndGet();
        }
        return reply;
    }
}
