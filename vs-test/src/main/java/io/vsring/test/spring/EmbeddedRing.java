package io.vsring.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.aot.DisabledInAotMode;

/**
 * For a test class with a Spring context: the application is one member of a ring, and there are peers, real members in
 * the same JVM. They talk over a network in memory: no socket is opened, and no other ring is met. {@link RingPeers} is
 * a bean of the context. It goes with {@code SpringBootTest}, and with all else that makes a context with a ring;
 * docs/testing.md has examples.
 *
 * <p>The peers are together before the context's member starts, are set up with the same {@code vs.ring.*} options, and
 * end after it. Peers have the ids from 1 on, the application has the next one. What {@code vs.cluster-name},
 * {@code vs.member-id}, {@code vs.discovery.*}, {@code vs.transport.*}, {@code vs.quorum.*}, {@code vs.ring.state-dir}
 * and {@code vs.trace.file} say does not count.
 *
 * <p>Test classes with the same attributes, and otherwise the same configuration, share one context and its peers.
 * Before each test all faults are undone and what the peers have been told is forgotten; replicated objects keep what
 * they have. A nested class has the ring of its enclosing class.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@DisabledInAotMode // the peers are threads of this JVM
public @interface EmbeddedRing {

    /** How many members there are besides the application, 0 to 16. */
    int peers() default 2;

    /**
     * How many members replicated objects expect, in place of {@code vs.quorum.expected-members}: 0 means that nobody
     * knows, -1 the peers and the application.
     */
    int expectedMembers() default -1;

    /** How long {@link RingPeers} and {@link RingPeer} wait for anything at most, in milliseconds. */
    long patienceMillis() default 30_000;
}
