package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static io.vsring.replicated.Members.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the members say to each other about the state waits for room in the send queue, and not without a bound. */
class ControlPostTest {

    private static final Command.Creation VISITS = new Command.Creation("visits", CounterReplica.KIND);

    private final ScriptedRing ring = new ScriptedRing(A);
    private final List<String> warnings = new ArrayList<>();
    private final ReplicatedObjects objects = ring.open(ReplicationOptions.defaults(), new ReplicationListener() {
        @Override
        public void onWarning(String what, Throwable why) {
            warnings.add(what);
        }
    });
    private long requests;

    @Test
    void whatFindsNoRoomWaitsInItsOrderAndNoMoreThanMay() {
        AtomicInteger emptied = new AtomicInteger();
        ControlPost post = new ControlPost(ring, emptied::incrementAndGet);
        ring.isFull = true;
        for (int i = 0; i < ControlPost.WAITING_MAX; i++) {
            post.send(word(i), Guarantee.SAFE);
        }
        assertThat(post.waiting()).isEqualTo(ControlPost.WAITING_MAX);
        assertThat(post.isWaiting()).isTrue();

        assertThatThrownBy(() -> post.send(word(0), Guarantee.SAFE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("131072 messages of the replicated objects wait")
                .hasMessageContaining("send queue");

        ring.isFull = false;
        ring.pass(Duration.ofSeconds(1));

        List<byte[]> said = ring.delivered(CommandRouter.Kind.FOUND);
        said = said.subList(said.size() - ControlPost.WAITING_MAX, said.size());
        for (int i = 0; i < ControlPost.WAITING_MAX; i++) {
            assertThat(said.get(i)).isEqualTo(word(i));
        }
        assertThat(post.waiting()).isZero();
        assertThat(emptied).hasValue(1);
        post.send(word(1), Guarantee.SAFE);
        assertThat(post.isWaiting()).isFalse();
    }

    /** Nobody compares digests older than that. */
    @Test
    void ofDigestsTheLastOnesWait() {
        ControlPost post = new ControlPost(ring, () -> {});
        ring.isFull = true;
        post.send(word(-1), Guarantee.SAFE);
        for (int i = 0; i < 1000; i++) {
            post.sendDigests(word(i));
        }
        assertThat(post.waiting()).isEqualTo(1 + DigestWatch.REMEMBERED_MAX);

        ring.isFull = false;
        ring.pass(Duration.ofSeconds(1));

        List<byte[]> said = ring.delivered(CommandRouter.Kind.FOUND);
        said = said.subList(said.size() - 1 - DigestWatch.REMEMBERED_MAX, said.size());
        assertThat(said.get(0)).isEqualTo(word(-1));
        assertThat(said.get(1)).isEqualTo(word(1000 - DigestWatch.REMEMBERED_MAX));
        assertThat(said.get(DigestWatch.REMEMBERED_MAX)).isEqualTo(word(999));
        ring.isFull = true;
        for (int i = 0; i < 1000; i++) {
            post.sendDigests(word(i));
        }
        assertThat(post.waiting()).as("counted anew").isEqualTo(DigestWatch.REMEMBERED_MAX);
    }

    /** For an hour the send queue takes nothing of this member, and others go on. */
    @Test
    void timeThatPassesMeanwhileIsToldInOneWordAndNoneOfItIsLost() {
        ReplicatedMap<String, String> sessions = objects.map("sessions", Codec.strings(), Codec.strings());
        CompletableFuture<String> put = sessions.putAsync("a", "1", Duration.ofMinutes(59));
        ring.pass(Duration.ofMillis(1));
        assertThat(put).isCompletedWithValue(null);
        assertThat(sessions.size()).isEqualTo(1);

        ring.isFull = true;
        for (int i = 0; i < 36_000; i++) {
            ring.says(B, visit());
            ring.pass(Duration.ofMillis(100));
        }

        assertThat(used("control-messages"))
                .as("one word about the time, and digests")
                .isEqualTo(1 + DigestWatch.REMEMBERED_MAX);
        assertThat(used("digests")).isEqualTo(DigestWatch.REMEMBERED_MAX);
        assertThat(objects.fills())
                .allSatisfy(
                        (resource, fill) -> assertThat(fill.used()).as(resource).isBetween(0L, fill.max()));
        assertThat(sessions.size()).isEqualTo(1);
        int before = ring.delivered(CommandRouter.Kind.TIME).size();
        ring.isFull = false;
        ring.pass(Duration.ofSeconds(1));
        assertThat(used("control-messages")).isZero();
        assertThat(sessions.size()).as("it has expired").isZero();
        assertThat(ring.delivered(CommandRouter.Kind.TIME).size()).isLessThan(before + 20);
        assertThat(warnings).isEmpty();
        assertThat(ring.left).isFalse();
    }

    /** Each of the others says of each of a few hundred objects, again and again, that they are not the same here. */
    @Test
    void thatAnObjectIsToBeStoppedIsSaidOnce() {
        List<Long> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Command.Creation creation = new Command.Creation("c" + i, CounterReplica.KIND);
            keys.add(Shelf.key(creation));
            ring.says(B, add(creation));
        }
        ring.isFull = true;
        TreeMap<Long, Long> digests = new TreeMap<>();
        keys.forEach(key -> digests.put(key, 4711L));
        for (int again = 0; again < 1000; again++) {
            // The component begins with a command of its own.
            ring.says(B, told(new Digests(500, digests)));
        }

        long waiting = used("control-messages");
        assertThat(waiting).isBetween(490L, 510L);
        assertThat(warnings).hasSizeBetween(490, 500);
        ring.isFull = false;
        ring.pass(Duration.ofSeconds(1));
        assertThat(ring.delivered(CommandRouter.Kind.STOP)).hasSizeBetween(490, 500);
        CompletableFuture<Long> stopped = objects.counter("c0").addAndGetAsync(1);
        ring.pass(Duration.ofMillis(1));
        assertThat(stopped).isCompletedExceptionally();
    }

    private long used(String resource) {
        return objects.fills().get(resource).used();
    }

    private static byte[] word(int number) {
        return CommandRouter.message(CommandRouter.Kind.FOUND, 1, Integer.BYTES)
                .putLong(number)
                .toBytes();
    }

    private static byte[] told(Digests digests) {
        ByteWriter out = CommandRouter.message(CommandRouter.Kind.DIGESTS, ScriptedRing.SEQUENCE, 64);
        digests.write(out);
        return out.toBytes();
    }

    private byte[] visit() {
        return add(VISITS);
    }

    private byte[] add(Command.Creation creation) {
        requests++;
        ByteWriter out = CommandRouter.message(CommandRouter.Kind.COMMAND, ScriptedRing.SEQUENCE, 64);
        new Command(B, requests, requests - 1, Shelf.key(creation), creation, CounterReplica.add(1)).write(out);
        return out.toBytes();
    }
}
