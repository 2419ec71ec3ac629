package io.vsring.test.spring;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Undoes before each test what another one has done to the ring that they share. */
final class EmbeddedRingTestExecutionListener extends AbstractTestExecutionListener {

    @Override
    public void beforeTestMethod(TestContext test) {
        if (TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), EmbeddedRing.class)) {
            test.getApplicationContext().getBean(RingPeers.class).reset();
        }
    }
}
