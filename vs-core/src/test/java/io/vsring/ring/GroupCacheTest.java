package io.vsring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupCacheTest {

    @Test
    void namesThatFindNoPlaceAreCheckedEachTime() {
        GroupCache names = new GroupCache();
        for (int i = 0; i < 2 * GroupCache.REMEMBERED_MAX; i++) {
            assertThat(names.encode("group-" + i)).isEqualTo(("group-" + i).getBytes(UTF_8));
        }

        assertThat(names.remembered()).isEqualTo(GroupCache.REMEMBERED_MAX);
        assertThat(names.encode("group-0")).isSameAs(names.encode("group-0"));
        assertThat(names.encode("one more")).isEqualTo("one more".getBytes(UTF_8));
    }
}
