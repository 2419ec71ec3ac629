package io.vsring.test.junit;

import io.vsring.test.cluster.RingCluster;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** One run of a {@link RingTest}: gives it its ring, judges it at the end, and tells of the seed if it fails. */
final class RingInvocation
        implements TestTemplateInvocationContext,
                ParameterResolver,
                AfterTestExecutionCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    private final RingCluster ring;

    RingInvocation(int members, long seed) {
        ring = RingCluster.of(members, seed);
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return "seed " + ring.seed();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RingCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return ring;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            try {
                ring.requireSound();
            } catch (AssertionError unsound) {
                unsound.addSuppressed(new SeedReport(ring));
                throw unsound;
            }
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withSeed(failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withSeed(failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withSeed(failure);
    }

    /** The failure itself, as tools want to see it: an expectation that can be compared, an assumption. */
    private Throwable withSeed(Throwable failure) {
        failure.addSuppressed(new SeedReport(ring));
        return failure;
    }
}
