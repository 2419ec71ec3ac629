package io.vsring.replicated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MapCodecsTest {

    private LoopbackMembers members;

    @BeforeEach
    void form() throws Exception {
        members = LoopbackMembers.form(2, ReplicationOptions.defaults());
    }

    @AfterEach
    void close() {
        members.close();
    }

    @Test
    void aValueThatCannotBeDecodedIsNamedAndKept() {
        ReplicatedMap<String, String> newer = members.get(0).map("m", Codec.strings(), Codec.strings());
        newer.put("new", "a text");
        ReplicatedMap<String, Long> older = members.get(1).map("m", Codec.strings(), Codec.longs());
        older.put("old", 7L);

        assertThatThrownBy(() -> older.get("new"))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("'new'")
                .hasMessageContaining("map 'm'")
                .hasMessageContaining(Codec.longs().getClass().getName());
        assertThatThrownBy(() -> older.getOrdered("new")).isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> older.forEach((key, value) -> {})).isInstanceOf(UndecodableException.class);
        assertThatThrownBy(older::snapshot).isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> older.snapshotAsync().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(UndecodableException.class);

        assertThat(older.get("old")).isEqualTo(7);
        assertThat(older.containsKey("new")).isTrue();
        assertThat(older.size()).isEqualTo(2);
        assertThat(older.asConcurrentMap().keySet()).containsExactlyInAnyOrder("old", "new");
        assertThat(members.get(1).map("m", Codec.strings(), Codec.bytes()).get("new"))
                .isEqualTo("a text".getBytes(UTF_8));
        assertThat(newer.getOrdered("new")).isEqualTo("a text");
    }

    @Test
    void aChangeThatCannotGiveBackTheFormerValueHasBeenCarriedOut() {
        members.get(0).map("m", Codec.strings(), Codec.strings()).put("k", "a text");
        ReplicatedMap<String, Long> older = members.get(1).map("m", Codec.strings(), Codec.longs());

        assertThatThrownBy(() -> older.put("k", 1L))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("has been carried out");
        assertThat(older.get("k")).isEqualTo(1);
    }

    @Test
    void keysThatEncodeAlikeAreOneKey() {
        Codec<String> anyCase = new Codec<>() {
            @Override
            public byte[] encode(String text) {
                return text.toLowerCase(Locale.ROOT).getBytes(UTF_8);
            }

            @Override
            public String decode(byte[] bytes) {
                return new String(bytes, UTF_8);
            }
        };
        ReplicatedMap<String, Long> map = members.get(0).map("m", anyCase, Codec.longs());

        assertThat(map.put("Key", 1L)).isNull();
        assertThat(map.get("KEY")).isEqualTo(1);
        assertThat(map.put("kEY", 2L)).isEqualTo(1);
        assertThat(map.get("Key"))
                .as("what was found under another spelling is looked up again")
                .isEqualTo(2);
        map.putAll(Map.of("A", 3L, "a", 3L));
        assertThat(map.sizeOrdered()).isEqualTo(2);
        assertThat(map.asConcurrentMap().keySet()).containsExactlyInAnyOrder("key", "a");
        assertThat(map.remove("keY")).isEqualTo(2);
        assertThat(List.of(map.containsKey("Key"), map.containsKey("A"))).containsExactly(false, true);
    }
}
