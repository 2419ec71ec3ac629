package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator's word. */
@Timeout(60)
class BootstrapTest {

    private static final ReplicationOptions OF_THREE =
            ReplicationOptions.defaults().expecting(3);

    @Test
    void whoIsLeftOfThreeGoesOnOnAnOperatorsWordAndTakesNewcomersIn() throws Exception {
        try (LoopbackMembers members = LoopbackMembers.form(3, ReplicationOptions.defaults())) {
            ReplicatedObjects left = members.get(0);
            assertThat(left.counter("visits").addAndGet(42)).isEqualTo(42);
            members.get(1).ring().close();
            members.get(2).ring().close();
            LoopbackMembers.await(() -> left.status().state() == PrimaryStatus.State.NOT_PRIMARY);
            assertThatThrownBy(() -> left.counter("visits").incrementAndGet()).isInstanceOf(NotPrimaryException.class);

            left.bootstrap(1).get(10, TimeUnit.SECONDS);

            LoopbackMembers.await(() -> left.status().isPrimary());
            assertThat(left.counter("visits").incrementAndGet()).isEqualTo(43);
            ReplicatedObjects newcomer = members.start(4, OF_THREE, unused -> {});
            assertThat(newcomer.counter("visits").getOrdered())
                    .as("although it was told to expect three")
                    .isEqualTo(43);
        }
    }

    @Test
    void whoeverGoesOnByItselfIsNotBootstrapped() throws Exception {
        try (LoopbackMembers members = LoopbackMembers.form(1, ReplicationOptions.defaults())) {

            assertThatThrownBy(() -> members.get(0).bootstrap(1).get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("nothing has been changed");
            assertThatThrownBy(() -> members.get(0).bootstrap(2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from 0 to 1, not 2");
        }
    }
}
