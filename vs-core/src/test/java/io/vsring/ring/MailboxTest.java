package io.vsring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vsring.Guarantee;
import io.vsring.wire.OutgoingMessage;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MailboxTest {

    private final AtomicInteger wakes = new AtomicInteger();
    private final List<Mail> taken = new ArrayList<>();

    @Test
    void oneWakeUpForEachTimeItFills() {
        Mailbox mailbox = new Mailbox(1 << 20, wakes::incrementAndGet);

        mailbox.offer(mail(1));
        mailbox.offer(mail(1));
        assertThat(wakes).hasValue(1);
        mailbox.drain(10, taken::add);
        assertThat(mailbox.sleep()).isTrue();
        mailbox.offer(mail(1));

        assertThat(wakes).hasValue(2);
        assertThat(taken).hasSize(2);
    }

    @Test
    void whatHasBeenAcceptedStaysAcceptedWhenWakingFails() {
        AtomicInteger calls = new AtomicInteger();
        Mailbox mailbox = new Mailbox(1 << 20, () -> {
            if (calls.incrementAndGet() == 1) {
                throw new OutOfMemoryError("made up");
            }
        });

        assertThat(mailbox.offer(mail(1))).isEqualTo(Mailbox.Answer.ACCEPTED);
        assertThat(mailbox.offer(mail(1))).isEqualTo(Mailbox.Answer.ACCEPTED);

        assertThat(calls).as("the next message wakes").hasValue(2);
        assertThat(mailbox.drain(10, taken::add)).isEqualTo(2);
    }

    @Test
    void aMessageIsCopiedOnceThereIsRoomForItAndNotBefore() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Mailbox mailbox = new Mailbox(1000, () -> {});
        Mail large = mail(1 << 20);
        assertThat(mailbox.offer(large)).isEqualTo(Mailbox.Answer.ACCEPTED);

        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 100; i++) {
            assertThat(mailbox.offer(large) == Mailbox.Answer.FULL).isTrue();
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertThat(allocated).isLessThan(1 << 20);
        mailbox.drain(10, taken::add);
        assertThat(taken.get(0).message().bytes())
                .isNotSameAs(large.message().bytes())
                .isEqualTo(large.message().bytes());
    }

    @Test
    void whoGoesToSleepOnAFullMailboxIsKeptAwake() {
        Mailbox mailbox = new Mailbox(1 << 20, wakes::incrementAndGet);
        mailbox.offer(mail(1));

        assertThat(mailbox.sleep()).isFalse();

        mailbox.offer(mail(1));
        assertThat(wakes).hasValue(1);
    }

    @Test
    void theShareOfAMessageIsGivenBackWhenItIsSentAndNotBefore() {
        Mailbox mailbox = new Mailbox(1000, () -> {});

        assertThat(mailbox.offer(mail(500))).isEqualTo(Mailbox.Answer.ACCEPTED);
        assertThat(mailbox.offer(mail(500))).isEqualTo(Mailbox.Answer.FULL);
        mailbox.drain(10, taken::add);
        assertThat(mailbox.offer(mail(500))).isEqualTo(Mailbox.Answer.FULL);
        mailbox.release(taken.get(0).cost());

        assertThat(mailbox.bytes()).isZero();
        assertThat(mailbox.offer(mail(500))).isEqualTo(Mailbox.Answer.ACCEPTED);
    }

    @Test
    void aMessageOverTheWholeBoundPassesWhenNothingElseWaits() {
        Mailbox mailbox = new Mailbox(1000, () -> {});

        assertThat(mailbox.offer(mail(100_000))).isEqualTo(Mailbox.Answer.ACCEPTED);
        assertThat(mailbox.offer(mail(0))).isEqualTo(Mailbox.Answer.FULL);
    }

    @Test
    void emptyMessagesAreBoundedToo() {
        Mailbox mailbox = new Mailbox(100L * Mail.OVERHEAD_BYTES, () -> {});
        int accepted = 0;
        while (mailbox.offer(mail(0)) == Mailbox.Answer.ACCEPTED) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(100);
    }

    @Test
    void aClosedMailboxTakesNothingAndGivesOutWhatItHas() {
        Mailbox mailbox = new Mailbox(1 << 20, () -> {});
        mailbox.offer(mail(1));

        mailbox.close();

        assertThat(mailbox.offer(mail(1))).isEqualTo(Mailbox.Answer.CLOSED);
        assertThat(mailbox.isSettled()).isFalse();
        mailbox.drain(10, taken::add);
        assertThat(taken).hasSize(1);
        assertThat(mailbox.isSettled()).isTrue();
    }

    @Test
    void nothingAcceptedIsLostWhileManyOfferAndItIsClosed() throws Exception {
        int producers = 4;
        Mailbox mailbox = new Mailbox(64L * 1024, wakes::incrementAndGet);
        AtomicInteger accepted = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(producers);
        for (int producer = 0; producer < producers; producer++) {
            byte[] name = String.valueOf(producer).getBytes(UTF_8);
            new Thread(() -> {
                        for (int number = 0; ; ) {
                            byte[] bytes = (number + "").getBytes(UTF_8);
                            Mailbox.Answer answer = mailbox.offer(mail(name, bytes));
                            if (answer == Mailbox.Answer.ACCEPTED) {
                                accepted.incrementAndGet();
                                number++;
                            } else if (answer == Mailbox.Answer.CLOSED) {
                                break;
                            }
                        }
                        ended.countDown();
                    })
                    .start();
        }
        while (taken.size() < 100_000) {
            int before = taken.size();
            mailbox.drain(1000, taken::add);
            mailbox.release(taken.subList(before, taken.size()).stream()
                    .mapToLong(Mail::cost)
                    .sum());
        }
        mailbox.close();
        while (!mailbox.isSettled()) {
            mailbox.drain(1000, taken::add);
        }
        ended.await();

        assertThat(taken).hasSize(accepted.get());
        for (int producer = 0; producer < producers; producer++) {
            String name = String.valueOf(producer);
            List<Integer> numbers = taken.stream()
                    .filter(mail -> new String(mail.message().group(), UTF_8).equals(name))
                    .map(mail -> Integer.valueOf(new String(mail.message().bytes(), UTF_8)))
                    .toList();
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
        }
    }

    private static Mail mail(int bytes) {
        return mail(new byte[] {'g'}, new byte[bytes]);
    }

    private static Mail mail(byte[] group, byte[] bytes) {
        return new Mail("g", new OutgoingMessage(group, Guarantee.AGREED, bytes), new RecordingOutcome());
    }
}
