package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupNamesTest {

    @Test
    void agreesWithTheJdkOnWhatIsUtf8() {
        Random random = new Random(3);
        int valid = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(4)];
            random.nextBytes(bytes);
            if (random.nextInt(3) == 0) {
                int code = random.nextInt(Character.MAX_CODE_POINT + 1);
                bytes = new String(Character.toChars(code)).getBytes(StandardCharsets.UTF_8);
            }
            byte[] again = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            boolean isUtf8 = Arrays.equals(bytes, again);
            valid += isUtf8 ? 1 : 0;

            assertThat(GroupNames.isUtf8(bytes, 0, bytes.length))
                    .as(Arrays.toString(bytes))
                    .isEqualTo(isUtf8);
        }
        assertThat(valid).isBetween(60_000, 190_000);
    }

    @Test
    void namesThatFallIntoOnePlaceAreNotMixedUp() {
        GroupNames names = new GroupNames();
        for (int round = 0; round < 3; round++) {
            for (int group = 0; group < 2_000; group++) {
                byte[] bytes = ("xx" + group + "yy").getBytes(StandardCharsets.UTF_8);

                assertThat(names.name(bytes, 2, bytes.length - 2)).isEqualTo(Integer.toString(group));
            }
        }
    }
}
