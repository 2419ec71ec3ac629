package io.vsring.benchmarks;

import io.vsring.benchmarks.peer.Mode;
import io.vsring.benchmarks.scoreboard.Scoreboard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The command line: whole rings on this machine, or JMH. */
public final class BenchmarksMain {

    /** The verb of a member's process. */
    static final String MEMBER = "member";

    private static final String JMH = "jmh";
    private static final String SECURITY = "security";
    private static final String SCOREBOARD = "scoreboard";
    private static final int WRONG_USE = 2;

    private BenchmarksMain() {}

    /** Runs what the first argument names; {@code --help} says what there is. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0 && args[0].equals(JMH)) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) throws InterruptedException {
        if (args.isEmpty() || args.contains("--help") || args.contains("help")) {
            System.out.println(help());
            return args.isEmpty() ? WRONG_USE : 0;
        }
        try {
            if (args.get(0).equals(MEMBER) && args.size() > 1) {
                Arguments arguments = new Arguments(args.subList(2, args.size()));
                return member(MemberSeat.of(Plan.parse(mode(args.get(1)), arguments), arguments));
            }
            List<String> words = args.subList(1, args.size());
            if (args.get(0).equals(SCOREBOARD)) {
                return scoreboard(new Arguments(words)).run();
            }
            if (args.get(0).equals(SECURITY)) {
                return new SecurityRun(words, System.out::println).run();
            }
            return new RingRun(Plan.parse(mode(args.get(0)), new Arguments(words)), words).run();
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return WRONG_USE;
        } catch (RunFailedException failed) {
            System.err.println(failed.getMessage());
            return 1;
        } catch (IOException failed) {
            System.err.println(failed); // of a directory, or of a program that cannot be started
            return 1;
        }
    }

    private static Scoreboard scoreboard(Arguments arguments) {
        List<String> further = new ArrayList<>();
        for (Option option : List.of(Option.SECONDS, Option.WARM, Option.JVM)) {
            String given = arguments.given(option);
            if (given != null) {
                further.addAll(List.of("--" + option.word(), given));
            }
        }
        Scoreboard.Order order = new Scoreboard.Order(
                Path.of(arguments.text(Option.RESULTS, "")),
                arguments.text(Option.CODE, ""),
                arguments.number(Option.WINDOWS, 1, 0),
                arguments.text(Option.ONLY, ""),
                Path.of(arguments.text(Option.SCRIPTS, "")),
                further);
        return new Scoreboard(order, BenchmarksMain::summary);
    }

    private static String summary(String verb, List<String> words) throws IOException, InterruptedException {
        Verdict verdict = new RingRun(Plan.parse(mode(verb), new Arguments(words)), words).measure();
        if (!verdict.contradictions().isEmpty()) {
            throw new RunFailedException(String.join("; ", verdict.contradictions()));
        }
        return verdict.summary().toString();
    }

    private static int member(MemberSeat seat) throws IOException, InterruptedException {
        if (seat.isServer()) {
            return new ServerRun(seat).run();
        }
        return switch (seat.plan().mode()) {
            case THROUGHPUT, LATENCY, IDLE, FAILOVER -> new MemberRun(seat).run();
            case RAW -> new RawRun(seat).run();
            case LOCKS, MAP, COUNTER ->
                seat.plan().objects().approach() == Approach.SERVER
                        ? new ClientRun(seat).run()
                        : new ObjectRun(seat).run();
            case JOIN -> new JoinRun(seat).run();
        };
    }

    /** What this command measures. */
    static Mode mode(String verb) {
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(verb)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("unknown command '" + verb + "': see --help");
    }

    /** What there is. */
    static String help() {
        StringBuilder text = new StringBuilder()
                .append("usage: java -jar vs-benchmarks.jar throughput|latency|idle|failover|raw [options]\n")
                .append("       java -jar vs-benchmarks.jar locks|map|counter|join [options]\n")
                .append("       java -jar vs-benchmarks.jar security [options]\n")
                .append("       java -jar vs-benchmarks.jar scoreboard [--code COMMIT] [--only CHART] [--windows N]\n")
                .append("       java -jar vs-benchmarks.jar jmh [JMH's options]\n\n")
                .append("throughput  messages per second, with as many in flight as keep the ring busy\n")
                .append("latency     from the offer of a message to its own delivery, few in flight\n")
                .append("idle        CPU time of a silent ring; then the latency of messages that wake it\n")
                .append("failover    how long the others are given nothing when a member is lost, while all send\n")
                .append("raw         datagrams of --mtu bytes from one sender to all others, without a ring\n")
                .append("locks       locks per second, each acquired and released; beside it one server\n")
                .append("map         values per second that are put into a map\n")
                .append("counter     increments per second of one counter\n")
                .append("join        a member joins a full map, while the others write\n")
                .append("security    throughput and latency with and without the envelope, in turn; a table of"
                        + " medians\n")
                .append("scoreboard  vs and its peers side by side, in namespaces (root); a page and its plots in"
                        + " --results\n\n")
                .append("One JSON line per member and one for the ring; exit code 1 if the orders or states differ.\n")
                .append("Members run with ")
                .append(String.join(" ", MemberCommand.JVM_FLAGS))
                .append("\n\n");
        for (Option option : Option.values()) {
            text.append(option.help()).append('\n');
        }
        return text.toString().stripTrailing();
    }
}
