package io.vsring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.Guarantee;
import io.vsring.MemberId;
import io.vsring.wire.NaiveUnpacker.Heard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packer and unpacker together, with messages of all sizes around every boundary, against a naive twin. */
class PackingTest {

    private static final String[] GROUPS = {"a", "locks", "größe", "n".repeat(64)};

    private final Random random = new Random(7);
    private final List<DataFrame> frames = new ArrayList<>();
    private final List<Heard> sent = new ArrayList<>();

    /** Whose messages wait, and how far the first of them has been packed. */
    private final class Sender {
        private final MemberId id;
        private final Packer packer;
        private final Deque<OutgoingMessage> queue = new ArrayDeque<>();
        private long accepted;
        private int offset;

        Sender(MemberId id, int bodyBytes) {
            this.id = id;
            this.packer = new Packer(bodyBytes);
        }

        void offer(int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] group = GROUPS[random.nextInt(GROUPS.length)].getBytes(StandardCharsets.UTF_8);
            Guarantee guarantee = random.nextInt(4) == 0 ? Guarantee.SAFE : Guarantee.AGREED;
            queue.add(new OutgoingMessage(++accepted, group, guarantee, bytes));
        }

        void beginAgain() {
            offset = 0;
        }

        void sendFrames(int most) {
            for (int count = 0; count < most && !queue.isEmpty(); count++) {
                sendFrame();
            }
        }

        private void sendFrame() {
            long sequence = frames.size() + 1L;
            packer.begin();
            boolean full = false;
            while (!full && !queue.isEmpty()) {
                OutgoingMessage message = queue.element();
                int next = packer.pack(message, offset);
                if (next == message.bytes().length) {
                    sent.add(heard(message, sequence, packer.endings() - 1));
                    queue.remove();
                    offset = 0;
                } else {
                    full = true;
                    offset = next == Packer.FULL ? offset : next;
                }
            }
            DataFrame frame =
                    new DataFrame(Samples.RING, id, sequence, packer.kind(), packer.firstNumber(), packer.finish());
            if (!queue.isEmpty()) {
                assertThat(frame.body()).as("while more is waiting").hasSize(packer.bodyBytes());
            }
            assertThat(frame.body().length).isLessThanOrEqualTo(packer.bodyBytes());
            frames.add(frame);
        }

        private Heard heard(OutgoingMessage message, long sequence, int index) {
            String group = new String(message.group(), StandardCharsets.UTF_8);
            boolean safe = message.guarantee() == Guarantee.SAFE;
            return new Heard(id, message.number(), group, safe, sequence, index, Arrays.hashCode(message.bytes()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1400, 1472, 8972, 65_507})
    void everyMessageArrivesOnceAndWhereItsSenderSaysItDid(int frameBytes) throws Exception {
        fill(frameBytes);

        assertThat(heardFrom(0)).containsExactlyElementsOf(sent);
        assertThat(twinFrom(0)).containsExactlyElementsOf(sent);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1472, 65_507})
    void whoJoinsInTheMiddleHearsTheRestAtTheSamePlaces(int frameBytes) throws Exception {
        fill(frameBytes);
        for (int round = 0; round < 20; round++) {
            int from = random.nextInt(frames.size());

            List<Heard> heard = heardFrom(from);

            assertThat(heard).isEqualTo(twinFrom(from));
            assertThat(sent).containsAll(heard);
            List<Heard> later = sent.stream()
                    .filter(message -> message.sequence() > from)
                    .collect(Collectors.toCollection(ArrayList::new));
            later.removeAll(heard);
            assertThat(later.size())
                    .as("only what had begun before is left out")
                    .isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1472, 65_507})
    void whatHasGapsIsHeardAsTheTwinHearsIt(int frameBytes) {
        fill(frameBytes);
        for (int round = 0; round < 5; round++) {
            Unpacker unpacker = new Unpacker();
            NaiveUnpacker twin = new NaiveUnpacker();
            List<Heard> heard = new ArrayList<>();
            for (DataFrame frame : frames) {
                if (random.nextInt(20) > 0) {
                    unpacker.accept(frame, message -> heard.add(heard(message)));
                    twin.accept(frame);
                }
            }

            assertThat(heard).isEqualTo(twin.heard()).hasSizeLessThan(sent.size());
            assertThat(sent).containsAll(heard);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1472, 65_507})
    void messagesBegunBeforeAConfigurationBeginAgainInIt(int frameBytes) {
        int bodyBytes = WireFormat.bodyBytesMax(frameBytes);
        List<Sender> senders = List.of(new Sender(Samples.A, bodyBytes), new Sender(Samples.B, bodyBytes));
        Unpacker unpacker = new Unpacker();
        List<Heard> heard = new ArrayList<>();
        int taken = 0;
        for (int configuration = 0; configuration < 50; configuration++) {
            for (Sender sender : senders) {
                sender.beginAgain();
                sender.offer(random.nextInt(5 * bodyBytes));
                sender.offer(random.nextInt(100));
            }
            for (int visit = 0; visit < 8; visit++) {
                senders.get(visit % 2).sendFrames(random.nextInt(4));
            }
            for (; taken < frames.size(); taken++) {
                unpacker.accept(frames.get(taken), message -> heard.add(heard(message)));
            }
            unpacker.reset();
        }

        assertThat(heard).isEqualTo(sent).hasSizeGreaterThan(20);
    }

    /** Two senders take turns with messages of all sizes. */
    private void fill(int frameBytes) {
        int bodyBytes = WireFormat.bodyBytesMax(frameBytes);
        List<Integer> sizes = new ArrayList<>(List.of(0, 0, 1, 1, 15, 16, 17, 63, 64, 65, 65_535, 65_536, 1 << 20));
        for (int around = 0; around <= 150; around++) {
            sizes.add(bodyBytes + 5 - around);
            sizes.add(random.nextInt(50));
        }
        for (int around = -15; around <= 5; around++) {
            sizes.add(2 * bodyBytes + around);
            sizes.add(3 * bodyBytes + around);
        }
        Collections.shuffle(sizes, random);
        List<Sender> senders = List.of(new Sender(Samples.A, bodyBytes), new Sender(Samples.B, bodyBytes));
        for (int size : sizes) {
            Sender sender = senders.get(random.nextInt(2));
            sender.offer(size);
            for (int small = random.nextInt(4); small > 0; small--) {
                sender.offer(random.nextInt(40));
            }
            sender.sendFrames(random.nextInt(3));
        }
        senders.forEach(sender -> sender.sendFrames(Integer.MAX_VALUE));
    }

    /** What a member hears that takes part from this frame on, through the codec. */
    private List<Heard> heardFrom(int first) throws MalformedDatagramException {
        DatagramCodec codec = Samples.codec();
        Unpacker unpacker = new Unpacker();
        List<Heard> heard = new ArrayList<>();
        for (DataFrame frame : frames.subList(first, frames.size())) {
            DataFrame arrived = (DataFrame) Samples.decode(codec, Samples.encode(codec, frame));
            unpacker.accept(arrived, message -> heard.add(heard(message)));
        }
        return heard;
    }

    private List<Heard> twinFrom(int first) {
        NaiveUnpacker twin = new NaiveUnpacker();
        frames.subList(first, frames.size()).forEach(twin::accept);
        return twin.heard();
    }

    private static Heard heard(UnpackedMessage message) {
        byte[] bytes = Arrays.copyOfRange(message.array(), message.offset(), message.offset() + message.length());
        return new Heard(
                message.sender(),
                message.number(),
                message.group(),
                message.guarantee() == Guarantee.SAFE,
                message.frame().sequence(),
                message.index(),
                Arrays.hashCode(bytes));
    }
}
