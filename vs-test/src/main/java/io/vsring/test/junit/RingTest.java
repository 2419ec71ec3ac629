package io.vsring.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a ring on virtual time: it takes a {@link io.vsring.test.cluster.RingCluster} as parameter, with members
 * that have just been started, once for each seed. Methods with {@code @BeforeEach} and {@code @AfterEach} may take it
 * as well.
 *
 * <p>The same seed gives the same history each time. When the test has ended, all that happened is judged by the claims
 * of extended virtual synchrony. A failure carries its seed, how the members stood and what happened last; with the
 * configuration parameter or system property {@code vs.test.seed} all of these tests run with that seed only.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@TestTemplate
@ExtendWith(RingTestExtension.class)
public @interface RingTest {

    /** How many members there are, 1 to 64. */
    int members() default 3;

    /** What all chance comes from; several are several runs. */
    long[] seed() default 1;

    /** How often each is run: with the seed itself, and with those that follow it. */
    int repetitions() default 1;
}
