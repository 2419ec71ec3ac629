package io.vsring.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.vsring.Delivery;
import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.RingConfiguration;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One thing in the order, as JSON shows it. */
sealed interface TimelineEntry {

    /** Either {@code message} or {@code configuration}. */
    String type();

    /**
     * A message that was delivered.
     *
     * @param configuration the configuration in which it was delivered
     * @param sequence the sequence number of the frame that ended it
     * @param index its place among the messages that end in that frame
     * @param sender the member that sent it
     * @param number which of its sender's messages it is
     * @param length its bytes
     * @param crc32c their checksum in hexadecimal digits
     * @param text the message, if it is UTF-8; cut if it is long
     * @param base64 the message, if it is not; cut if it is long
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({
        "type",
        "configuration",
        "sequence",
        "index",
        "sender",
        "number",
        "group",
        "guarantee",
        "length",
        "crc32c"
    })
    record Message(
            String type,
            String configuration,
            long sequence,
            int index,
            String sender,
            long number,
            String group,
            Guarantee guarantee,
            int length,
            String crc32c,
            @Nullable String text,
            @Nullable String base64)
            implements TimelineEntry {

        private static final int SHOWN_BYTES_MAX = 4096;

        static Message of(Delivery delivery) {
            byte[] bytes = delivery.toByteArray();
            CRC32C checksum = new CRC32C();
            checksum.update(bytes);
            String text = text(bytes);
            return new Message(
                    "message",
                    delivery.configuration().id(),
                    delivery.sequence(),
                    delivery.index(),
                    delivery.sender().toString(),
                    delivery.number(),
                    delivery.group(),
                    delivery.guarantee(),
                    bytes.length,
                    Long.toHexString(checksum.getValue()),
                    text,
                    text == null ? base64(bytes) : null);
        }

        /** Null if the bytes are no text; a character that the cut divides is left out. */
        private static @Nullable String text(byte[] bytes) {
            CharBuffer characters = CharBuffer.allocate(SHOWN_BYTES_MAX);
            boolean isWhole = bytes.length <= SHOWN_BYTES_MAX;
            CoderResult result = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, SHOWN_BYTES_MAX)), characters, isWhole);
            return result.isError() ? null : characters.flip().toString();
        }

        private static String base64(byte[] bytes) {
            return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN_BYTES_MAX)));
        }
    }

    /**
     * A configuration that began.
     *
     * @param kind either {@code regular} or {@code transitional}
     * @param id the name of the configuration
     * @param members who is in it
     */
    @JsonPropertyOrder({"type", "kind", "id", "members"})
    record Configuration(String type, String kind, String id, List<String> members) implements TimelineEntry {

        static Configuration of(RingConfiguration configuration) {
            return new Configuration(
                    "configuration",
                    configuration.isTransitional() ? "transitional" : "regular",
                    configuration.id(),
                    configuration.members().stream().map(MemberId::toString).toList());
        }
    }
}
