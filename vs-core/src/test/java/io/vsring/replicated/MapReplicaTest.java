package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MapReplicaTest {

    private final MapReplica map = new MapReplica(new MapOperations(List.of()));
    private long position;

    @Test
    void puttingAnswersWhatWasThereBefore() {
        assertThat(text(put("k", "1"))).isNull();
        assertThat(text(put("k", "2"))).isEqualTo("1");
    }

    @Test
    void whatDependsOnTheStateIsDecidedHereAndNotAtTheCaller() {
        assertThat(change(MapCommand.Kind.REPLACE, "k", "1").done()).isFalse();
        assertThat(change(MapCommand.Kind.PUT_IF_ABSENT, "k", "1").done()).isTrue();
        assertThat(change(MapCommand.Kind.PUT_IF_ABSENT, "k", "2").done()).isFalse();
        assertThat(change(MapCommand.Kind.REPLACE, "k", "3").done()).isTrue();
        assertThat(apply(MapCommand.replaceIfEqual(bytes("k"), bytes("2"), bytes("4")))
                        .done())
                .isFalse();
        assertThat(apply(MapCommand.replaceIfEqual(bytes("k"), bytes("3"), bytes("4")))
                        .done())
                .isTrue();
        assertThat(change(MapCommand.Kind.REMOVE_IF_EQUAL, "k", "3").done()).isFalse();
        assertThat(change(MapCommand.Kind.REMOVE_IF_EQUAL, "k", "4").done()).isTrue();
        assertThat(apply(MapCommand.of(MapCommand.Kind.REMOVE, bytes("k"))).done())
                .isFalse();
    }

    @Test
    void aVersionIsGoodForOneChange() {
        MapCommand.Result unused = put("k", "1");
        long version = map.get(new Key(bytes("k"))).version();

        assertThat(apply(MapCommand.replaceIfVersion(bytes("k"), version, bytes("2")))
                        .done())
                .isTrue();
        assertThat(apply(MapCommand.replaceIfVersion(bytes("k"), version, bytes("3")))
                        .done())
                .isFalse();
        assertThat(apply(MapCommand.replaceIfVersion(bytes("new"), 0, bytes("1")))
                        .done())
                .as("version 0: there is none yet")
                .isTrue();
    }

    @Test
    void aViewShowsTheMapAsItWasHoweverMuchIsChanged() {
        for (int i = 0; i < 1000; i++) {
            MapCommand.Result unused = put("k" + i, "old" + i);
        }
        MapView view = map.view();
        Iterator<MapView.Seen> seen = view.iterator();
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            note(found, seen.next());
        }

        for (int i = 0; i < 1000; i += 3) {
            MapCommand.Result unused = put("k" + i, "new");
            unused = apply(MapCommand.of(MapCommand.Kind.REMOVE, bytes("k" + (i + 1))));
            unused = put("fresh" + i, "new");
        }
        byte[] nothing = map.apply(MapCommand.of(MapCommand.Kind.CLEAR), circumstances());
        seen.forEachRemaining(each -> note(found, each));

        assertThat(nothing).isEmpty();
        assertThat(found).hasSize(1000);
        found.forEach((key, value) -> assertThat(value).isEqualTo("old" + key.substring(1)));
    }

    /** A state that is sent for an hour must not keep what came and went in that hour. */
    @Test
    void aViewKeepsNoMoreEntriesThanThereWereHoweverLongItIsOpen() {
        for (int i = 0; i < 100; i++) {
            MapCommand.Result unused = put("k" + i, "old" + i);
        }
        MapView view = map.view();

        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 500; i++) {
                MapCommand.Result unused = put("fresh " + round + " " + i, "new");
                unused = put("k" + i % 100, "new");
                unused = apply(MapCommand.of(
                        MapCommand.Kind.REMOVE, bytes(i % 2 == 0 ? "k" + i % 100 : "fresh " + round + " " + i)));
            }
            byte[] nothing = map.apply(MapCommand.of(MapCommand.Kind.CLEAR), circumstances());
            assertThat(nothing).isEmpty();
        }

        assertThat(view.aside()).isEqualTo(100);
        Map<String, String> found = new TreeMap<>();
        view.iterator().forEachRemaining(each -> note(found, each));
        assertThat(found).hasSize(100);
        found.forEach((key, value) -> assertThat(value).isEqualTo("old" + key.substring(1)));
        view.close();
        assertThat(view.aside()).isZero();
    }

    /** What was restored was there before the view, whatever its version. */
    @Test
    void aViewOfWhatWasRestoredShowsIt() {
        MapCommand.Result unused = put("a", "1");
        MapReplica copy = new MapReplica(new MapOperations(List.of()));
        map.snapshot().forEachRemaining(copy::restore);

        MapView view = copy.view();
        byte[] answer = copy.apply(MapCommand.of(MapCommand.Kind.PUT, bytes("b"), bytes("2")), circumstances());
        answer = copy.apply(MapCommand.of(MapCommand.Kind.PUT, bytes("a"), bytes("3")), circumstances());

        assertThat(answer).isNotEmpty();
        Map<String, String> found = new TreeMap<>();
        view.iterator().forEachRemaining(each -> note(found, each));
        assertThat(found).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void aSnapshotIsRestoredWithItsVersions() {
        byte[] nothing = map.apply(
                MapCommand.putAll(List.of(bytes("a"), bytes("1"), bytes("b"), new byte[100_000])), circumstances());
        MapCommand.Result unused = put("a", "2");

        MapReplica copy = new MapReplica(new MapOperations(List.of()));
        map.snapshot().forEachRemaining(copy::restore);

        assertThat(nothing).isEmpty();
        assertThat(copy.size()).isEqualTo(2);
        assertThat(copy.get(new Key(bytes("a"))).version())
                .isEqualTo(map.get(new Key(bytes("a"))).version());
        assertThat(copy.get(new Key(bytes("b"))).value()).hasSize(100_000);
    }

    @Test
    void anEntryThatHasLeftTheMapSaysSo() {
        MapCommand.Result unused = put("k", "1");
        MapEntry first = map.get(new Key(bytes("k")));

        assertThat(first.isReplaced()).isFalse();
        unused = put("k", "2");
        assertThat(first.isReplaced()).isTrue();
    }

    @Test
    void aValueIsDecodedOncePerCodec() {
        MapEntry entry = new MapEntry(bytes("1"), 1, 0);

        assertThat(entry.decoded(Codec.strings())).isSameAs(entry.decoded(Codec.strings()));
        assertThat(entry.decoded(Codec.bytes())).isEqualTo(bytes("1"));
    }

    private static void note(Map<String, String> found, MapView.Seen seen) {
        String value = new String(seen.entry().value(), UTF_8);
        String before = found.put(new String(seen.key().bytes(), UTF_8), value);
        assertThat(before == null || before.equals(value)).isTrue();
    }

    private MapCommand.Result put(String key, String value) {
        return change(MapCommand.Kind.PUT, key, value);
    }

    private MapCommand.Result change(MapCommand.Kind kind, String key, String value) {
        return apply(MapCommand.of(kind, bytes(key), bytes(value)));
    }

    private MapCommand.Result apply(byte[] command) {
        return MapCommand.Result.read(new ByteReader(map.apply(command, circumstances())));
    }

    private Replica.Circumstances circumstances() {
        return new Replica.Circumstances(position++, 0, 0, A, Capabilities.NONE);
    }

    private static String text(MapCommand.Result result) {
        byte[] previous = result.previous();
        return previous == null ? null : new String(previous, UTF_8);
    }

    private static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return Arrays.copyOf(bytes, bytes.length);
    }
}
