package io.vsring.test.hostile;

import io.vsring.test.campaign.LogScan;
import io.vsring.test.campaign.Namespaces;
import io.vsring.test.campaign.ProcessView;
import io.vsring.test.trace.JsonLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Members as processes, each in its namespace; all start together and end together. One thread. */
final class HostileRing implements AutoCloseable {

    static final int MEMBERS = 3;
    static final int RING_PORT = 7460;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";
    private static final String LOG_SETTINGS = """
        <configuration>
          <appender name="ERR" class="ch.qos.logback.core.ConsoleAppender">
            <target>System.err</target>
            <encoder><pattern>%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %level %msg%n</pattern></encoder>
          </appender>
          <logger name="io.vsring" level="info"/>
          <root level="warn"><appender-ref ref="ERR"/></root>
        </configuration>
        """;

    private final HostileOptions options;
    private final String name;
    private final List<Running> members = new ArrayList<>();

    private record Running(Process process, Writer commands, BufferedReader answers) {}

    /**
     * Starts the members and waits until they are together.
     *
     * @param name of this ring, for its logs
     * @param secret the file of the secret; null for a ring in plain text
     */
    HostileRing(HostileOptions options, String name, @Nullable Path secret) throws IOException, InterruptedException {
        this.options = options;
        this.name = name;
        Path settings = options.folder().resolve("logback.xml");
        Files.writeString(settings, LOG_SETTINGS);
        try {
            for (int number = 1; number <= MEMBERS; number++) {
                Process process = new ProcessBuilder(command(number, settings, secret))
                        .redirectError(log(number).toFile())
                        .start();
                members.add(new Running(
                        process,
                        process.outputWriter(StandardCharsets.UTF_8),
                        process.inputReader(StandardCharsets.UTF_8)));
            }
            for (int number = 1; number <= MEMBERS; number++) {
                read(number);
            }
            awaitTogether();
        } catch (IOException | RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private List<String> command(int number, Path settings, @Nullable Path secret) {
        List<String> command = new ArrayList<>(Namespaces.inside(Namespaces.ofMember(number)));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Djava.net.preferIPv4Stack=true"));
        command.addAll(LogScan.LEAK_DETECTION);
        command.add("-Dlogback.configurationFile=" + settings.toAbsolutePath());
        // The jar of the application brings what a member needs besides the ring: somebody who writes its log.
        command.add("-Dloader.path=" + System.getProperty("java.class.path").replace(':', ','));
        command.add("-Dloader.main=" + HostileMember.class.getName());
        command.addAll(List.of("-cp", options.app().toString(), LAUNCHER));
        command.add("number=" + number);
        command.add("seeds="
                + IntStream.rangeClosed(1, MEMBERS)
                        .mapToObj(other -> Namespaces.address(other) + ":" + RING_PORT)
                        .collect(Collectors.joining(",")));
        Duration tokenLoss = options.tokenLoss();
        if (tokenLoss != null) {
            command.add("token-loss=" + tokenLoss.toSeconds());
        }
        if (secret != null) {
            command.add("secret=" + secret.toAbsolutePath());
        }
        return command;
    }

    /** What a member has logged. */
    Path log(int number) {
        return options.folder().resolve(name + "-" + number + ".log");
    }

    /** Waits until all have one configuration and may change objects. */
    void awaitTogether() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!snapshots().stream().allMatch(each -> each.isTogetherAndPrimary(MEMBERS))) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "members of " + name + " were not together after " + PATIENCE + "; see " + log(1));
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    /** What each says of itself, in the order of their numbers. */
    List<MemberSnapshot> snapshots() {
        List<MemberSnapshot> all = new ArrayList<>();
        for (int number = 1; number <= MEMBERS; number++) {
            JsonLine line = ask(number, "state");
            long pid = members.get(number - 1).process().pid();
            all.add(new MemberSnapshot(line, new ProcessView(pid).receiveBufferErrors()));
        }
        return all;
    }

    /** Gives each a command, and waits for the answers. */
    void askAll(String command) {
        for (int number = 1; number <= MEMBERS; number++) {
            ask(number, command);
        }
    }

    JsonLine ask(int number, String command) {
        Running member = members.get(number - 1);
        try {
            member.commands().write(command + "\n");
            member.commands().flush();
            return read(number);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "member " + number + " of " + name + " takes no commands any more; see " + log(number), e);
        }
    }

    private JsonLine read(int number) throws IOException {
        String line = members.get(number - 1).answers().readLine();
        if (line == null) {
            throw new IllegalStateException("member " + number + " of " + name + " has ended; see " + log(number));
        }
        return JsonLine.parse(line);
    }

    /** Ends them at once, as {@code kill -9} does: nobody takes his leave. */
    @Override
    public void close() {
        members.forEach(each -> each.process().destroyForcibly());
        for (Running each : members) {
            try {
                each.process().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        members.clear();
    }
}
