package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MapReaderTest {

    /** Two of one text are not equal, as those of a class whose author forgot to say so. */
    private static final class Unequal {
        private final String text;

        Unequal(String text) {
            this.text = text;
        }
    }

    private static final Codec<Unequal> UNEQUAL = new Codec<>() {
        @Override
        public byte[] encode(Unequal value) {
            return value.text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Unequal decode(byte[] bytes) {
            return new Unequal(new String(bytes, StandardCharsets.UTF_8));
        }
    };

    @Test
    void keysThatAreNeverEqualAreForgottenAgainAndStillFindTheirEntries() throws Exception {
        try (LoopbackMembers alone = LoopbackMembers.form(1, ReplicationOptions.defaults())) {
            ReplicatedMap<Unequal, String> map = alone.get(0).map("things", UNEQUAL, Codec.strings());
            map.put(new Unequal("one"), "1");
            MapReader<Unequal, String> reader = map.reader();

            for (int time = 0; time < 10 * MapReader.REMEMBERED_MIN; time++) {
                assertThat(reader.get(new Unequal("one"))).isEqualTo("1");
                assertThat(reader.remembered()).isLessThanOrEqualTo(MapReader.REMEMBERED_MIN + 2);
            }
        }
    }
}
