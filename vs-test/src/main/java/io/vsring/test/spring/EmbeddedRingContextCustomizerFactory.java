package io.vsring.test.spring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link EmbeddedRing} on test classes and on those that enclose them. */
final class EmbeddedRingContextCustomizerFactory implements ContextCustomizerFactory {

    private static final int PEERS_MAX = 16;

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        EmbeddedRing ring = TestContextAnnotationUtils.findMergedAnnotation(testClass, EmbeddedRing.class);
        if (ring == null) {
            return null;
        }
        if (ring.peers() < 0 || ring.peers() > PEERS_MAX || ring.expectedMembers() < -1 || ring.patienceMillis() < 1) {
            throw new IllegalArgumentException("@EmbeddedRing of " + testClass.getName() + " must have 0 to "
                    + PEERS_MAX + " peers, -1 or more expectedMembers and some patienceMillis, not " + ring);
        }
        int expected = ring.expectedMembers() < 0 ? ring.peers() + 1 : ring.expectedMembers();
        return new EmbeddedRingContextCustomizer(ring.peers(), expected, Duration.ofMillis(ring.patienceMillis()));
    }
}
