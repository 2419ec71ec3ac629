package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What happens to bytes that began as a datagram. The seed is fixed: the same cases in every run. */
class DatagramFuzzTest {

    private static final int CASES = 200_000;

    private final DatagramCodec codec = Samples.codec();
    private final Unpacker unpacker = new Unpacker();
    private final Random random = new Random(20_260_000);
    private long messages;

    @Test
    void mutatedDatagramsAreRefusedOrMeanWhatTheySay() {
        List<byte[]> corpus = corpus();
        int accepted = 0;
        for (int round = 0; round < CASES; round++) {
            byte[] bytes = mutate(corpus.get(random.nextInt(corpus.size())));
            try {
                Datagram datagram = Samples.decode(codec, bytes);
                accepted++;
                check(datagram, bytes);
            } catch (MalformedDatagramException refused) {
                assertThat(refused.getMessage()).contains(refused.reason().name());
                assertThat(refused.offset()).isBetween(0, bytes.length);
            }
        }

        assertThat(accepted)
                .as("the mutations are mild enough to pass now and then")
                .isGreaterThan(CASES / 50);
        assertThat(messages).isPositive();
    }

    @Test
    void noiseBehindAnHonestFrontIsRefusedOrMeansWhatItSays() {
        byte[] front = Samples.encode(codec, Samples.token());
        for (int round = 0; round < CASES / 4; round++) {
            byte[] bytes = new byte[8 + random.nextInt(200)];
            random.nextBytes(bytes);
            System.arraycopy(front, 0, bytes, 0, 8);
            bytes[3] = (byte) (1 + random.nextInt(6));
            try {
                check(Samples.decode(codec, bytes), bytes);
            } catch (MalformedDatagramException refused) {
                assertThat(refused.reason()).isNotNull();
            }
        }
    }

    private List<byte[]> corpus() {
        List<byte[]> corpus = new ArrayList<>();
        Samples.golden().values().forEach(datagram -> corpus.add(Samples.encode(codec, datagram)));
        while (corpus.size() < 60) {
            byte[] bytes = Samples.encode(codec, Samples.random(random));
            if (bytes.length < 3_000) {
                corpus.add(bytes);
            }
        }
        return corpus;
    }

    private byte[] mutate(byte[] original) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(3);
        for (int change = 0; change < changes; change++) {
            int at = bytes.length == 0 ? 0 : random.nextInt(Math.min(bytes.length, 20 << random.nextInt(8)));
            switch (random.nextInt(6)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
                case 2 -> set(bytes, at, random.nextInt());
                case 3 -> set(bytes, at, random.nextBoolean() ? 0 : 0xFF);
                case 4 -> set(bytes, at, at < bytes.length ? bytes[at] + (random.nextBoolean() ? 1 : -1) : 0);
                default -> set(bytes, at, at < bytes.length ? bytes[at] ^ 1 << random.nextInt(8) : 0);
            }
        }
        return bytes;
    }

    private static void set(byte[] bytes, int at, int value) {
        if (at < bytes.length) {
            bytes[at] = (byte) value;
        }
    }

    private void check(Datagram datagram, byte[] bytes) throws MalformedDatagramException {
        byte[] again = Samples.encode(codec, datagram);
        boolean padded = datagram instanceof Join || datagram instanceof MergeProbe;
        if (!padded) {
            assertThat(again).as("the only encoding of %s", datagram).isEqualTo(bytes);
        } else if (bytes[WireFormat.VERSION_AT] == WireFormat.VERSION) {
            int length = Math.max(again.length, bytes.length);
            assertThat(Arrays.copyOf(again, length)).isEqualTo(Arrays.copyOf(bytes, length));
        }
        if (datagram instanceof DataFrame frame) {
            DataFrame messagesIn = frame.isRecovery() ? RecoveryBody.decode(frame.body()) : frame;
            unpacker.accept(messagesIn, message -> messages++);
            assertThat(unpacker.incompleteBytes())
                    .as("a piece grows to twice its length")
                    .isLessThan(10_000_000);
        } else if (datagram instanceof Token token) {
            assertThat(token.requests().length).isLessThanOrEqualTo(WireFormat.REQUESTS_MAX);
        } else if (datagram instanceof Join join) {
            assertThat(join.candidates())
                    .hasSizeBetween(1, WireFormat.MEMBERS_MAX)
                    .isSorted();
            assertThat(join.failed().size()).isLessThanOrEqualTo(WireFormat.MEMBERS_MAX);
        } else if (datagram instanceof CommitToken token) {
            assertThat(token.entries()).hasSizeBetween(1, WireFormat.MEMBERS_MAX);
            assertThat(token.members().size()).isEqualTo(token.entries().size());
        }
    }
}
