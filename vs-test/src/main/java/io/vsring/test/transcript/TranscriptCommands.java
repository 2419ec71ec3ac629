package io.vsring.test.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vsring.Guarantee;
import io.vsring.test.check.Violation;
import io.vsring.test.simulation.ClusterShape;
import io.vsring.test.simulation.Packet;
import io.vsring.test.simulation.Seed;
import io.vsring.test.simulation.SimulatedCluster;
import io.vsring.test.simulation.SimulatedMember;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a transcript.
 *
 * <pre>
 * show data tokens recovery joins commits probes deliveries configurations
 * ring 1 2 3                          starts these and waits until they are one ring and silent; nothing of it is told
 * offer 1 safe "M1" "M2" of 1200 bytes
 * lose data sequence=2 to=3           the next one of this kind; sequence, from and to may be left out
 * lose every token from=1
 * split 1 | 2 3                       heal undoes it, and every loss
 * crash 1    start 1    leave 1    pause 1 for 900 ms
 * run until rest                      until all are together and nobody owes anything
 * run 5 ms
 * say Some words                      stand in the outcome
 * </pre>
 */
final class TranscriptCommands {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern SIZE = Pattern.compile("of (\\d+) bytes");
    private static final long MILLI = 1_000_000;
    private static final long PATIENCE_NANOS = 60_000 * MILLI;
    private static final long SILENCE_NANOS = 100 * MILLI;

    /** A datagram that is to be lost; 0 stands for any. */
    private static final class Loss {
        private final String kind;
        private final boolean every;
        private long sequence;
        private int from;
        private int to;

        Loss(String kind, boolean every) {
            this.kind = kind;
            this.every = every;
        }

        boolean fits(Packet packet, int receiver, long number) {
            return kind.equals(packet.kind().name().toLowerCase(Locale.ROOT))
                    && (sequence == 0 || sequence == number)
                    && (from == 0 || from == packet.sender())
                    && (to == 0 || to == receiver);
        }
    }

    private final Seed seed;
    private final List<Loss> losses = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private List<String> shown = List.of("data", "tokens", "deliveries", "configurations");
    private @Nullable SimulatedCluster cluster;
    private @Nullable TranscriptStory story;

    TranscriptCommands(Seed seed) {
        this.seed = seed;
    }

    /** What there is to tell so far. */
    List<String> told() {
        if (story != null) {
            story.finish();
        }
        return told;
    }

    /** What is wrong with the whole of it, or null. */
    @Nullable
    Violation end() {
        return cluster == null ? null : cluster.end();
    }

    void execute(String command) {
        String[] words = command.split(" +", -1);
        switch (words[0]) {
            case "show" -> shown = List.of(words).subList(1, words.length);
            case "ring" -> ring(words);
            case "offer" -> offer(words, command);
            case "lose" -> lose(words);
            case "split" -> split(command);
            case "heal" -> heal();
            case "crash" -> cluster().crash(number(words, 1));
            case "start" -> cluster().start(number(words, 1), SimulatedCluster.Disk.KEPT);
            case "leave" -> cluster().leave(number(words, 1));
            case "pause" -> cluster().pause(number(words, 1), number(words, 3) * MILLI);
            case "run" -> run(words);
            case "say" -> told().add(command.substring(words[0].length()).strip());
            default -> throw new IllegalArgumentException("no such command");
        }
    }

    private SimulatedCluster cluster() {
        return Objects.requireNonNull(cluster, "the first command but show is ring");
    }

    private static int number(String[] words, int index) {
        if (index >= words.length) {
            throw new IllegalArgumentException("a number is missing");
        }
        return Integer.parseInt(words[index]);
    }

    private void ring(String[] words) {
        int[] slots = Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
        ClusterShape shape = ClusterShape.of(Arrays.stream(slots).max().orElseThrow());
        SimulatedCluster opened = new SimulatedCluster(seed, shape);
        cluster = opened;
        for (int slot : slots) {
            opened.start(slot, SimulatedCluster.Disk.KEPT);
        }
        rest();
        opened.runFor(SILENCE_NANOS);
        story = new TranscriptStory(shape, shown, told::add);
        opened.tell(story);
        opened.network().lose(this::loses);
    }

    private void rest() {
        if (!cluster().runUntil(cluster()::isSettled, PATIENCE_NANOS)) {
            told().add("no rest after " + PATIENCE_NANOS / MILLI + " ms");
        }
    }

    private void offer(String[] words, String command) {
        SimulatedMember member = cluster().member(number(words, 1));
        Guarantee guarantee = Guarantee.valueOf(words[2].toUpperCase(Locale.ROOT));
        Matcher size = SIZE.matcher(command);
        int bytes = size.find() ? Integer.parseInt(size.group(1)) : 0;
        Matcher texts = QUOTED.matcher(command);
        while (texts.find()) {
            byte[] text = texts.group(1).getBytes(UTF_8);
            byte[] message = Arrays.copyOf(text, Math.max(text.length, bytes));
            if (member == null || !member.offer(message, guarantee)) {
                told().add("refused: " + texts.group(1));
            }
        }
    }

    private void lose(String[] words) {
        boolean every = words[1].equals("every");
        int kind = every ? 2 : 1;
        Loss loss = new Loss(words[kind], every);
        for (int index = kind + 1; index < words.length; index++) {
            String[] pair = words[index].split("=", 2);
            int value = number(pair, 1);
            switch (pair[0]) {
                case "sequence" -> loss.sequence = value;
                case "from" -> loss.from = value;
                case "to" -> loss.to = value;
                default -> throw new IllegalArgumentException("lose knows sequence, from and to, not " + pair[0]);
            }
        }
        losses.add(loss);
    }

    private boolean loses(Packet packet, int to) {
        long sequence = story == null ? 0 : story.sequenceOf(packet);
        for (Iterator<Loss> each = losses.iterator(); each.hasNext(); ) {
            Loss loss = each.next();
            if (loss.fits(packet, to, sequence)) {
                if (!loss.every) {
                    each.remove();
                }
                return true;
            }
        }
        return false;
    }

    private void split(String command) {
        String[] sides = command.substring("split".length()).split("\\|", -1);
        long[] parts = new long[sides.length];
        for (int side = 0; side < sides.length; side++) {
            for (String slot : sides[side].strip().split(" +", -1)) {
                parts[side] |= 1L << Integer.parseInt(slot);
            }
        }
        cluster().network().split(parts);
    }

    private void heal() {
        losses.clear();
        cluster().network().unblockAll();
    }

    private void run(String[] words) {
        if (words[1].equals("until")) {
            rest();
        } else {
            cluster().runFor(number(words, 1) * MILLI);
        }
    }
}
