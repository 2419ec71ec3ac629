package io.vsring.sample;

import static io.vsring.test.assertj.RingAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ConfigurationChange;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.ring.RingHandler;
import io.vsring.test.cluster.RingCluster;
import io.vsring.test.junit.RingTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Timelines of whole rings, in virtual time: the application's claim that members which were together show the same.
 */
class TimelineOnARingTest {

    private final Map<Integer, Timeline> timelines = new HashMap<>();

    @RingTest(members = 4, seed = 7, repetitions = 20)
    void membersThatWereTogetherHaveTheSameTimeline(RingCluster ring) {
        ring.application(member -> recording(timelines.compute(member.number(), (number, old) -> new Timeline())));
        ring.awaitOperational();
        ring.drop(0.05);
        ring.reorder(0.1);
        say(ring, 1, 2, 3, 4);

        ring.crash(4);
        say(ring, 1, 2, 3);
        ring.partition(Set.of(3));
        say(ring, 1, 2, 3);
        ring.heal();
        ring.awaitOperational();

        assertThat(ring).hasIdenticalDeliveryOrder();
        assertThat(entries(2)).isEqualTo(entries(1));
        assertThat(common(entries(3), entries(1)))
                .as("before the cut 3 saw what the others saw")
                .isGreaterThan(10);
        assertThat(entries(1)).extracting(TimelineEntry::type).contains("message", "configuration");
    }

    /** Five messages of each of these, in a time in which the ring may or may not find out what has become of it. */
    private static void say(RingCluster ring, int... numbers) {
        for (int round = 0; round < 5; round++) {
            for (int number : numbers) {
                ring.member(number).send("talk", "of " + number, round % 2 == 0 ? Guarantee.SAFE : Guarantee.AGREED);
            }
            ring.advance(Duration.ofMillis(100));
        }
    }

    private List<TimelineEntry> entries(int member) {
        return timelines.get(member).entries();
    }

    /** How many entries two timelines have in common from the beginning. */
    private static int common(List<TimelineEntry> one, List<TimelineEntry> other) {
        int count = 0;
        while (count < Math.min(one.size(), other.size()) && one.get(count).equals(other.get(count))) {
            count++;
        }
        return count;
    }

    private static RingHandler recording(Timeline timeline) {
        return new RingHandler() {
            @Override
            public void onMessage(Delivery delivery) {
                timeline.onMessage(delivery);
            }

            @Override
            public void onConfigurationChange(ConfigurationChange change) {
                timeline.onConfiguration(change.configuration());
            }
        };
    }
}
