package io.vsring.test.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.vsring.test.cluster.Mischief;
import io.vsring.test.cluster.RingCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a developer sees of tests with {@link RingTest}, as JUnit runs them. */
class RingTestExtensionTest {

    static final class SeveralSeeds {
        private RingCluster prepared;

        @BeforeEach
        void prepare(RingCluster ring) {
            ring.awaitOperational();
            prepared = ring;
        }

        @RingTest(
                members = 2,
                seed = {3, 10},
                repetitions = 2)
        void runs(RingCluster ring) {
            assertThat(ring).isSameAs(prepared);
            assertThat(ring.members()).hasSize(2);
        }
    }

    @Test
    void eachSeedAndThoseBehindItAreARunOfTheirOwn() {
        assertThat(run(SeveralSeeds.class, Map.of()).names).containsExactly("seed 3", "seed 4", "seed 10", "seed 11");
    }

    @Test
    void oneSeedCanBeAskedForFromOutside() {
        assertThat(run(SeveralSeeds.class, Map.of("vs.test.seed", "8")).names).containsExactly("seed 8");
    }

    static final class Failing {
        @RingTest(seed = 1234)
        void fails(RingCluster ring) {
            ring.awaitOperational();
            ring.crash(2);
            assertThat(ring.member(2).isRunning()).isTrue();
        }
    }

    @Test
    void aFailureTellsItsSeedAndWhatHappenedLastAndStaysWhatItWas() {
        Throwable failure = run(Failing.class, Map.of()).failures.get(0);

        assertThat(failure).isInstanceOf(org.opentest4j.AssertionFailedError.class);
        assertThat(printed(failure))
                .contains("-Dvs.test.seed=1234", "member 2 does not run", "member 1 is in regular", "crash 2");
    }

    static final class Unsound {
        @RingTest(seed = 77)
        void seesNothing(RingCluster ring) {
            ring.awaitOperational();
            Mischief.on(ring);
        }
    }

    @Test
    void aBrokenClaimFailsATestThatSawNothing() {
        Throwable failure = run(Unsound.class, Map.of()).failures.get(0);

        assertThat(failure).isInstanceOf(AssertionError.class).hasMessageContaining("S2 violated");
        assertThat(printed(failure)).contains("-Dvs.test.seed=77");
    }

    static final class NoMembers {
        @RingTest(members = 0)
        void neverRuns(RingCluster ring) {
            assertThat(ring).as("no ring to run with").isNull();
        }
    }

    @Test
    void aRingWithoutMembersIsRefusedByItsAnnotation() {
        assertThat(run(NoMembers.class, Map.of()).failures.get(0)).hasMessageContaining("1 to 64 members");
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Seen run(Class<?> testClass, Map<String, String> parameters) {
        Seen seen = new Seen();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(testClass))
                                .configurationParameters(parameters)
                                .build(),
                        seen);
        return seen;
    }

    private static final class Seen implements TestExecutionListener {
        private final List<String> names = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                names.add(test.getDisplayName());
            }
            result.getThrowable().ifPresent(failures::add);
        }
    }
}
