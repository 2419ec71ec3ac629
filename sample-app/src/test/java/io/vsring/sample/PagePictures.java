package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vsring.spring.RingOperations;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Takes the pictures of the page that are in {@code docs/page}, of members as they are. Not a part of the build, as its
 * name does not end in {@code Test}:
 *
 * <pre>{@code
 * mvn -pl sample-app -am verify -Dtest=PagePictures -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
class PagePictures {

    private static final int MEMBERS = 5;
    private static final int WIDTH = 1240;
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "..", "docs", "page");

    private final int port = FreePorts.first(1);
    private final List<ConfigurableApplicationContext> members = new ArrayList<>();
    private final String cluster = "orders-" + UUID.randomUUID().toString().substring(0, 4);
    private Network network;
    private Browser browser;

    /**
     * Carries datagrams between members. Member <i>i</i> is bound to 127.0.0.<i>i</i> and advertises 127.0.1.<i>i</i>,
     * where this is.
     */
    private static final class Network implements AutoCloseable {

        private final DatagramChannel[] channels = new DatagramChannel[MEMBERS + 1];
        private volatile int lastOfFirstSide = MEMBERS;

        Network(int port) throws IOException {
            for (int member = 1; member <= MEMBERS; member++) {
                channels[member] = DatagramChannel.open().bind(new InetSocketAddress("127.0.1." + member, port));
            }
            for (int member = 1; member <= MEMBERS; member++) {
                int to = member;
                Thread thread = new Thread(() -> carry(to, new InetSocketAddress("127.0.0." + to, port)), "network");
                thread.setDaemon(true);
                thread.start();
            }
        }

        /** Nothing passes between members up to this one and those behind it. */
        void cutAfter(int member) {
            lastOfFirstSide = member;
        }

        private void carry(int to, InetSocketAddress destination) {
            ByteBuffer bytes = ByteBuffer.allocate(65_535);
            try {
                while (true) {
                    InetSocketAddress source = (InetSocketAddress) channels[to].receive(bytes.clear());
                    int from = source.getAddress().getAddress()[3];
                    if (from <= lastOfFirstSide == to <= lastOfFirstSide) {
                        channels[from].send(bytes.flip(), destination);
                    }
                }
            } catch (ClosedChannelException end) {
                return;
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void close() throws IOException {
            for (int member = 1; member <= MEMBERS; member++) {
                channels[member].close();
            }
        }
    }

    @BeforeEach
    void openABrowser() throws IOException {
        Browser.assumeThereIsOne();
        network = new Network(port);
        browser = Browser.open();
        browser.width(WIDTH, 900);
    }

    @AfterEach
    void closeAll() throws IOException {
        if (browser != null) {
            browser.close();
            members.forEach(ConfigurableApplicationContext::close);
            network.close();
        }
    }

    private String[] arguments(int member) {
        StringBuilder seeds = new StringBuilder();
        for (int seed = 1; seed <= MEMBERS; seed++) {
            seeds.append(seed == 1 ? "" : ",")
                    .append("127.0.1.")
                    .append(seed)
                    .append(':')
                    .append(port);
        }
        return new String[] {
            "--members=1",
            "--server.port=0",
            "--vs.cluster-name=" + cluster,
            "--vs.member-id=" + member,
            "--vs.quorum.expected-members=" + MEMBERS,
            "--vs.on-startup-timeout=continue",
            "--vs.transport.port=" + port,
            "--vs.transport.bind-address=127.0.0." + member,
            "--vs.transport.advertised-address=127.0.1." + member,
            "--vs.discovery.seeds=" + seeds
        };
    }

    private void start(int count) {
        for (int member = 1; member <= count; member++) {
            members.addAll(SampleApplication.start(arguments(member)));
        }
    }

    private void open(ConfigurableApplicationContext member, String path, int expected) {
        browser.show("http://localhost:" + member.getEnvironment().getProperty("local.server.port") + path);
        awaitMembers(expected);
    }

    private void awaitMembers(int expected) {
        browser.awaitThat("document.querySelectorAll('.vs-members tbody tr').length === " + expected);
        browser.awaitThat(
                "[...document.querySelectorAll('.vs-members td:last-child')].every(td => td.textContent === 'now')");
    }

    private void use() {
        browser.one("#lock button").click();
        browser.awaitThat("document.querySelector('.vs-locks tbody tr') !== null");
        put("stock", "apples", "12");
        put("stock", "pears", "7");
        put("prices", "apples", "0.40");
        browser.one("#counter button").click();
        browser.awaitThat("document.querySelector('.vs-counters tbody tr') !== null");
    }

    private void put(String map, String key, String value) {
        browser.type("#map [name=map]", map);
        browser.type("#map [name=key]", key);
        browser.type("#map [name=value]", value);
        browser.one("#map button").click();
        browser.awaitThat("document.querySelector('#answer').textContent.startsWith('put;')");
    }

    /** Something to see in the plots. */
    private void load(int bursts) throws InterruptedException {
        for (int burst = 0; burst < bursts; burst++) {
            browser.ask(Object.class, "document.querySelector('#multicast button[name=many]').click()");
            TimeUnit.MILLISECONDS.sleep(900); // time is what the pictures are of
        }
    }

    @Test
    void steady() throws Exception {
        start(MEMBERS);
        open(members.get(0), "/", MEMBERS);
        use();
        load(25);

        browser.picture(FOLDER.resolve("steady.png"), WIDTH);
        browser.prefer("prefers-color-scheme", "dark");
        load(2);
        browser.picture(FOLDER.resolve("steady-dark.png"), WIDTH);
        browser.picture(Path.of(System.getProperty("basedir", "."), "target", "phone.png"), 360);
    }

    @Test
    void partitioned() throws Exception {
        start(MEMBERS);
        open(members.get(0), "/", MEMBERS);
        use();
        open(members.get(4), "/", MEMBERS);
        load(12);

        network.cutAfter(3);

        awaitMembers(2);
        browser.awaitThat("document.querySelector('.vs-header').textContent.includes('not primary')");
        browser.one("#counter button").click();
        TimeUnit.SECONDS.sleep(4);
        browser.picture(FOLDER.resolve("partitioned.png"), WIDTH);
    }

    @Test
    void afterACrash() throws Exception {
        start(MEMBERS - 1);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(
                List.of(java, "-cp", System.getProperty("java.class.path"), SampleApplication.class.getName()));
        command.addAll(List.of(arguments(MEMBERS)));
        Process last = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> members.get(0)
                                    .getBean(RingOperations.class)
                                    .status()
                                    .members()
                                    .size()
                            == MEMBERS);
            open(members.get(0), "/", MEMBERS);
            use();
            load(10);
        } finally {
            last.destroyForcibly();
        }

        awaitMembers(MEMBERS - 1);
        load(3);
        assertThat(browser.text(".vs-timeline .vs-why")).contains("left: ");
        browser.picture(FOLDER.resolve("after-a-crash.png"), WIDTH);
    }
}
