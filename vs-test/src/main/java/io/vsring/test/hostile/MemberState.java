package io.vsring.test.hostile;

import io.vsring.Guarantee;
import io.vsring.Receipt;
import io.vsring.replicated.Codec;
import io.vsring.replicated.LockHandle;
import io.vsring.replicated.ReplicatedMap;
import io.vsring.replicated.ReplicatedObjects;
import io.vsring.ring.Outcome;
import io.vsring.ring.RingClosedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;

/** What a member holds in objects: made on demand, and told as one number. One thread. */
final class MemberState {

    private static final int ENTRIES = 50;

    private final ReplicatedObjects objects;
    private final int number;
    private final List<LockHandle> locks = new ArrayList<>();
    private String word = "nothing";

    MemberState(ReplicatedObjects objects, int number) {
        this.objects = objects;
        this.number = number;
    }

    /** Every name and content has the word, and says what it is. */
    void fill(String marker) throws InterruptedException {
        word = marker;
        for (int entry = 0; entry < ENTRIES; entry++) {
            map().put(marker + "-key-" + number + "-" + entry, marker + "-value-" + entry);
        }
        objects.counter(marker + "-counter").addAndGet(number);
        locks.add(objects.locks().acquire(marker + "-lock-" + number));
        send(marker + "-group", marker + "-message");
    }

    private ReplicatedMap<String, String> map() {
        return objects.map(word + "-map", Codec.strings(), Codec.strings());
    }

    private void send(String group, String message) {
        CompletableFuture<Receipt> done = new CompletableFuture<>();
        objects.ring().offer(group, message.getBytes(StandardCharsets.UTF_8), Guarantee.SAFE, new Outcome() {
            @Override
            public void delivered(Receipt receipt) {
                done.complete(receipt);
            }

            @Override
            public void unknown(RingClosedException cause) {
                done.completeExceptionally(cause);
            }
        });
        done.join();
    }

    /** Of all entries, the counter and the locks with their holders, as all members have them. */
    long digest() {
        StringBuilder text = new StringBuilder();
        text.append(new TreeMap<>(map().snapshot()));
        text.append(objects.counter(word + "-counter").getOrdered());
        objects.locks().snapshot().stream().map(Object::toString).sorted().forEach(text::append);
        CRC32 sum = new CRC32();
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }
}
