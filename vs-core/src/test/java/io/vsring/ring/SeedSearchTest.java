package io.vsring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vsring.MemberAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedSearchTest {

    private static final long MILLI = 1_000_000;
    private static final MemberAddress OWN = MemberAddress.ofIpv4(0x7F000001, 7460);

    private final VirtualLoop asking = new VirtualLoop();
    private final List<SeedNews> news = new ArrayList<>();
    private final Map<String, String> hosts = new TreeMap<>();
    private List<String> answer = List.of();
    private Exception failure;
    private int asked;

    @Test
    void whatIsSaidAgainInAnotherOrderIsNoNews() {
        answer = List.of("127.0.0.2", "127.0.0.3");
        SeedSearch search = begun(asking(options()));

        answer = List.of("127.0.0.3", "127.0.0.2");
        asking.pass(20_000 * MILLI);

        assertThat(asked).isGreaterThan(2);
        assertThat(news).singleElement().extracting(this::texts).isEqualTo("[127.0.0.2:7460, 127.0.0.3:7460]");
        search.close();
    }

    @Test
    void aMemberDoesNotLookForItself() {
        answer = List.of("127.0.0.1:7459-7461");

        begun(asking(options()));

        assertThat(texts(last())).isEqualTo("[127.0.0.1:7459, 127.0.0.1:7461]");
    }

    @Test
    void aHostIsLookedUpAgainAndItsNewAddressTakesThePlaceOfTheOld() {
        hosts.put("pod", "127.0.0.2");
        begun(options().seeds("pod"));

        hosts.put("pod", "127.0.0.3");
        asking.pass(6000 * MILLI);

        assertThat(news).extracting(this::texts).containsExactly("[127.0.0.2:7460]", "[127.0.0.3:7460]");
    }

    @Test
    void aHostThatIsNotKnownAnyMoreStaysWhereItWas() {
        hosts.put("a", "127.0.0.2");
        hosts.put("b", "127.0.0.3");
        begun(options().seeds("a", "b"));

        hosts.remove("a");
        hosts.put("b", "127.0.0.4");
        asking.pass(6000 * MILLI);

        assertThat(texts(last())).isEqualTo("[127.0.0.2:7460, 127.0.0.4:7460]");
        assertThat(last().troubles().values())
                .singleElement()
                .asString()
                .startsWith("vs.discovery.seeds: the host of 'a' is not known")
                .contains("publishNotReadyAddresses");
    }

    @Test
    void whatWasSaidLastStaysWhileNobodyAnswers() {
        answer = List.of("127.0.0.2");
        begun(asking(options()));

        failure = new IllegalStateException("the table is locked");
        asking.pass(60_000 * MILLI);

        assertThat(news).hasSize(2);
        assertThat(texts(last())).isEqualTo("[127.0.0.2:7460]");
        assertThat(last().toString()).contains("the members of a table did not answer", "the table is locked");
        failure = null;
        asking.pass(6000 * MILLI);
        assertThat(last().troubles()).isEmpty();
    }

    @Test
    void whoWasNeverAnsweredKnowsNothingAndAsksMoreOften() {
        failure = new UnknownHostException("no name server");
        begun(asking(options()));
        asking.pass(4000 * MILLI);

        assertThat(asked).isEqualTo(5);
        assertThat(last().isKnown()).isFalse();

        failure = null;
        asking.pass(1000 * MILLI);
        assertThat(last().isKnown()).as("nobody else is an answer").isTrue();
        asking.pass(4999 * MILLI);
        assertThat(asked).isEqualTo(6);
        asking.pass(MILLI);
        assertThat(asked).isEqualTo(7);
    }

    @Test
    void seedsOfWhichNotOneIsKnownAreNotNobody() {
        begun(options().seeds("a", "b"));

        assertThat(last().isKnown()).isFalse();
        assertThat(last().troubles()).hasSize(2);
    }

    @Test
    void plainTextGoesToNoHostThatComesToBeKnownLater() {
        answer = List.of("127.0.0.2");
        begun(asking(options()));

        answer = List.of("127.0.0.2", "192.0.2.1");
        asking.pass(6000 * MILLI);

        assertThat(texts(last())).isEqualTo("[127.0.0.2:7460]");
        assertThat(last().toString()).contains("the seed '192.0.2.1'", "vs.security.mode=insecure-plaintext");
        begun(asking(options().insecurePlaintext()));
        assertThat(texts(last())).isEqualTo("[127.0.0.2:7460, 192.0.2.1:7460]");
    }

    @Test
    void whatIsNoSeedIsSaidAndTheOthersCount() {
        answer = List.of("127.0.0.2", "a host", "[::1]");

        begun(asking(options()));

        assertThat(texts(last())).isEqualTo("[127.0.0.2:7460]");
        assertThat(last().toString())
                .contains("the members of a table: 'a host' is not a seed")
                .contains("the seed '[::1]' has no address of the IP version of 127.0.0.1:7460");
    }

    @Test
    void noMoreAddressesAreLookedAtThanProbesCanBePaidFor() {
        answer = IntStream.range(2, 10)
                .mapToObj(host -> "127.0.0." + host + ":7000-7199")
                .toList();

        begun(asking(options()));

        assertThat(last().addresses()).hasSize(1024).contains(MemberAddress.ofIpv4(0x7F000002, 7000));
        assertThat(last().toString()).contains("more than 1024 addresses");
    }

    @Test
    void nobodyIsAskedForAddresses() {
        SeedSearch search = new SeedSearch(options().seeds("127.0.0.2").build(), OWN, () -> {
            throw new AssertionError("no thread is needed");
        });

        assertThat(texts(search.begin(news::add))).isEqualTo("[127.0.0.2:7460]");
        assertThatThrownBy(() -> new SeedSearch(options().seeds("::1").build(), OWN, () -> asking))
                .isInstanceOf(RingStartException.class);
    }

    @Test
    void nobodyIsAskedOnceTheMemberHasEnded() {
        SeedSearch search = begun(asking(options()));

        search.close();
        asking.pass(60_000 * MILLI);

        assertThat(asked).isEqualTo(1);
    }

    private static RingOptionsBuilder options() {
        return RingOptions.builder().port(7460).seedRefreshInterval(Duration.ofSeconds(5));
    }

    private RingOptionsBuilder asking(RingOptionsBuilder options) {
        return options.seedProvider(new SeedProvider() {
            @Override
            public List<String> seeds() throws Exception {
                asked++;
                if (failure != null) {
                    throw failure;
                }
                return answer;
            }

            @Override
            public String toString() {
                return "the members of a table";
            }
        });
    }

    private SeedSearch begun(RingOptionsBuilder options) {
        SeedSearch search = new SeedSearch(options.build(), OWN, () -> asking, this::addressesOf);
        assertThat(search.begin(news::add).isKnown()).isFalse();
        asking.pass(0);
        return search;
    }

    private InetAddress[] addressesOf(String host) throws UnknownHostException {
        String known = hosts.getOrDefault(host, Seed.isLiteral(host) ? host : null);
        if (known == null) {
            throw new UnknownHostException(host);
        }
        return InetAddress.getAllByName(known);
    }

    private SeedNews last() {
        return news.get(news.size() - 1);
    }

    private String texts(SeedNews told) {
        return told.addresses().toString();
    }
}
