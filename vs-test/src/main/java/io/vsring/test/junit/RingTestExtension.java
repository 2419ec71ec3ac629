package io.vsring.test.junit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a {@link RingTest} once for each of its seeds. */
final class RingTestExtension implements TestTemplateInvocationContextProvider {

    static final String SEED_PARAMETER = "vs.test.seed";

    private static final int MEMBERS_MAX = 64;

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), RingTest.class)
                .isPresent();
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        RingTest test = AnnotationSupport.findAnnotation(method, RingTest.class).orElseThrow();
        if (test.members() < 1 || test.members() > MEMBERS_MAX || test.repetitions() < 1 || test.seed().length == 0) {
            throw new ExtensionConfigurationException("@RingTest of " + method + " needs 1 to " + MEMBERS_MAX
                    + " members, a seed and a repetition, not " + test);
        }
        return seeds(test, context).mapToObj(seed -> new RingInvocation(test.members(), seed));
    }

    private static LongStream seeds(RingTest test, ExtensionContext context) {
        String asked = context.getConfigurationParameter(SEED_PARAMETER).orElse("");
        if (!asked.isBlank()) {
            try {
                return LongStream.of(Long.parseLong(asked.strip()));
            } catch (NumberFormatException e) {
                throw new ExtensionConfigurationException(SEED_PARAMETER + " must be a seed, not '" + asked + "'", e);
            }
        }
        return Arrays.stream(test.seed())
                .flatMap(first -> LongStream.range(0, test.repetitions()).map(offset -> first + offset));
    }
}
