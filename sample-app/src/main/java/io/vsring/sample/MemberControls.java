package io.vsring.sample;

import io.vsring.Guarantee;
import io.vsring.ring.RingObserver;
import io.vsring.spring.OnDeliver;
import io.vsring.spring.RingOperations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Stops members and makes them pause, so that one can watch what the others do. The ring carries the order to do so:
 * whoever is named in it obeys, also in another process.
 *
 * <p>A member that pauses hears and says nothing, as in a long pause of its JVM: its loop thread waits, in the middle
 * of taking a message. Members that share this JVM go on.
 */
@Component
class MemberControls implements RingObserver {

    private static final String GROUP = "controls";

    private final ObjectProvider<RingOperations> ring; // not here yet when observers are made
    private final ConfigurableApplicationContext context;
    private final AtomicLong pauseMillis = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);

    MemberControls(ObjectProvider<RingOperations> ring, ConfigurableApplicationContext context) {
        this.ring = ring;
        this.context = context;
    }

    /** Whoever this is closes its application, and takes leave of the ring. */
    void stop(String member) {
        multicast("stop " + member);
    }

    /** Whoever this is stands still for so long. */
    void pause(String member, Duration time) {
        multicast("pause " + member + " " + time.toMillis());
    }

    private void multicast(String order) {
        var unused = ring.getObject().send(GROUP, order, Guarantee.AGREED);
    }

    @OnDeliver(GROUP)
    void obey(String order) {
        List<String> words = List.of(order.split(" "));
        String self = ring.getObject().status().local().id().toString();
        if (words.size() == 2 && words.get(0).equals("stop") && words.get(1).equals(self)) {
            Thread stopping = new Thread(context::close, "stop");
            stopping.start();
        } else if (words.size() == 3
                && words.get(0).equals("pause")
                && words.get(1).equals(self)) {
            pauseMillis.set(Long.parseLong(words.get(2)));
            multicast(self + " pauses for " + words.get(2) + " ms"); // it is this message that is taken so slowly
        }
    }

    @Override
    public void onSubmit(long number, String group, Guarantee guarantee, byte[] bytes) {
        long millis = group.equals(GROUP) ? pauseMillis.getAndSet(0) : 0;
        if (millis > 0) {
            try {
                boolean unused = over.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A member that pauses could not leave. */
    @EventListener(ContextClosedEvent.class)
    void wake() {
        over.countDown();
    }
}
