package io.vsring.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;

/** What is on the wire as CBOR: byte by byte, with names where several types may come. */
class ReplicatedTypeTest {

    sealed interface Event permits Placed, Ended {}

    @ReplicatedType("placed")
    record Placed(String id, int quantity) implements Event {}

    sealed interface Ended extends Event permits Cancelled, Shipped {}

    @ReplicatedType("cancelled")
    record Cancelled(String id) implements Ended {}

    @ReplicatedType("shipped")
    record Shipped(String id, long at) implements Ended {}

    record Envelope(Event event, List<Event> others) {}

    sealed interface Nameless permits OneOfThem {}

    record OneOfThem() implements Nameless {}

    sealed interface Twins permits First, Second {}

    @ReplicatedType("twin")
    record First() implements Twins {}

    @ReplicatedType("twin")
    record Second() implements Twins {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record ByClass(int number) {}

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "high";
            }
        }
    }

    record Plain(String text, int number, boolean truth, double fraction, Level level, Map<String, Integer> counts) {}

    record WithSet(String id, Set<String> tags) {}

    record WithSortedSet(String id, SortedSet<String> tags, List<WithSortedSet> others) {}

    record WithAnything(Object what) {}

    private final CborPayloadCodec codec = new CborPayloadCodec();

    @Test
    void theBytesOfARecordAreTheseInEachRelease() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("b", 2);
        counts.put("a", -1);

        byte[] bytes = codec.encode(new Plain("x", 300, true, 1.5, Level.HIGH, counts));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("d9d9f7bf66636f756e7473bf616120616202ff686672616374696f6efb3ff8000000000000"
                        + "656c6576656c644849474866"
                        + "6e756d62657219012c64746578746178657472757468f5ff");
        assertThat(codec.decode(bytes, Plain.class)).isEqualTo(new Plain("x", 300, true, 1.5, Level.HIGH, counts));
    }

    @Test
    void aNameTravelsWhereSeveralTypesMayComeAndIsNotThatOfTheClass() {
        byte[] bytes = codec.encode(new Placed("a-1", 7));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("d9d9f7bf65407479706566706c6163656462696463612d31687175616e7469747907ff");
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("Placed", "vsring");
        assertThat(codec.decode(bytes, Event.class)).isEqualTo(new Placed("a-1", 7));
        assertThat(codec.decode(bytes, Placed.class)).isEqualTo(new Placed("a-1", 7));
        assertThat(codec.decode(codec.encode(new Shipped("a-1", 9)), Event.class))
                .as("sealed below sealed")
                .isEqualTo(new Shipped("a-1", 9));
    }

    @Test
    void namesTravelInsideOthersToo() {
        Envelope envelope = new Envelope(new Cancelled("a"), List.of(new Placed("b", 1), new Shipped("c", 2)));

        assertThat(codec.decode(codec.encode(envelope), Envelope.class)).isEqualTo(envelope);
    }

    @Test
    void aNameThatThisReleaseDoesNotKnowIsRefused() {
        byte[] shipped = codec.encode(new Shipped("a", 1));
        byte[] unknown = new String(shipped, StandardCharsets.ISO_8859_1)
                .replace("shipped", "shopped")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(unknown).isNotEqualTo(shipped);
        refused(unknown, Event.class, "shopped");
        refused(codec.encode(new Placed("a", 1)), Ended.class, "placed");
    }

    @Test
    void aTypeWithoutANameOrWithThatOfAnotherOneIsRefusedBeforeAnythingIsRead() {
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> codec.check(Nameless.class))
                .withMessageContaining(OneOfThem.class.getName())
                .withMessageContaining("@ReplicatedType");
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> codec.check(Twins.class))
                .withMessageContaining("\"twin\"");
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> codec.encode(new OneOfThem()))
                .withMessageContaining("@ReplicatedType");
        assertThatCode(() -> codec.check(Event.class)).doesNotThrowAnyException();
    }

    @Test
    void namesOfClassesAreNeverOnTheWire() {
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> codec.encode(new ByClass(1)))
                .withMessageContaining("names of classes on the wire");
    }

    @Test
    void equalMapsHaveEqualBytes() {
        Map<String, Integer> one = new HashMap<>();
        Map<String, Integer> other = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            one.put("k" + i, i);
            other.put("k" + (99 - i), 99 - i);
        }

        assertThat(codec.encode(one)).isEqualTo(codec.encode(other));
    }

    /** As {@link Placed} of a release in which somebody has sorted its components. */
    record PlacedOtherwise(int quantity, String id) {}

    record PlacedBefore(String id, int quantity) {}

    @Test
    void theOrderInWhichPropertiesAreDeclaredMeansNothing() {
        assertThat(codec.encode(new PlacedBefore("a", 1))).isEqualTo(codec.encode(new PlacedOtherwise(1, "a")));
    }

    @Test
    void whatHasAnOrderOfItsOwnIsNoKey() {
        notAKey(ResolvableType.forClass(WithSet.class), "WithSet.tags", "SortedSet");
        notAKey(ResolvableType.forClass(WithAnything.class), "WithAnything.what", "declare what it is");
        notAKey(ResolvableType.forClassWithGenerics(List.class, HashSet.class), "HashSet", "SortedSet");
        assertThatCode(() -> KeyTypes.check(ResolvableType.forClass(WithSortedSet.class)))
                .doesNotThrowAnyException();
        assertThatCode(() -> KeyTypes.check(ResolvableType.forClass(Plain.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatComesAfterAValueIsNotIgnored() {
        byte[] bytes = codec.encode(new Placed("a", 1));
        byte[] more = Arrays.copyOf(bytes, bytes.length + 1);

        refused(more, Placed.class, "CBOR");
    }

    private void refused(byte[] bytes, Type type, String why) {
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> codec.decode(bytes, type))
                .withMessageContaining(why);
    }

    private static void notAKey(ResolvableType type, String place, String advice) {
        assertThatExceptionOfType(PayloadCodecException.class)
                .isThrownBy(() -> KeyTypes.check(type))
                .withMessageContaining(place)
                .withMessageContaining(advice);
    }
}
