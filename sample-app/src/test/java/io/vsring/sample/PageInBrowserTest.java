package io.vsring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.replicated.DistributedLocks;
import io.vsring.replicated.ReplicatedObjects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.context.ConfigurableApplicationContext;

/** The page of the sample in a real browser, of three members on real sockets. */
@Timeout(120)
class PageInBrowserTest {

    private static final String PORTS = FreePorts.range(10);
    private static final String CLUSTER = "test-" + UUID.randomUUID();
    private static final String[] ARGUMENTS = {
        "--vs.cluster-name=" + CLUSTER,
        "--vs.transport.port=" + PORTS,
        "--vs.discovery.seeds=127.0.0.1:" + PORTS,
        "--server.port=0"
    };

    private static List<ConfigurableApplicationContext> members = List.of();
    private final List<ConfigurableApplicationContext> more = new ArrayList<>();
    private Browser browser;

    @BeforeEach
    void openThePage() {
        Browser.assumeThereIsOne();
        if (members.isEmpty()) {
            members = SampleApplication.start(ARGUMENTS);
        }
        browser = Browser.open();
        browser.show(url(members.get(0), "/"));
        browser.awaitThat("document.querySelectorAll('.vs-members tbody tr').length === 3");
    }

    @AfterEach
    void nothingHasGoneWrongInThePage() {
        more.forEach(ConfigurableApplicationContext::close);
        if (browser != null) {
            try {
                assertThat(browser.complaints()).isEmpty();
            } finally {
                browser.close();
            }
        }
    }

    @AfterAll
    static void stop() {
        members.forEach(ConfigurableApplicationContext::close);
    }

    private static String url(ConfigurableApplicationContext of, String path) {
        return "http://localhost:" + of.getEnvironment().getProperty("local.server.port") + path;
    }

    private String answer() {
        browser.awaitThat("!['…', 'Nothing asked for yet.'].includes(document.querySelector('#answer').textContent)");
        return browser.text("#answer");
    }

    @Test
    void showsAllMembersOnTheRingAndHowFarTheyAre() {
        browser.awaitThat(
                "[...document.querySelectorAll('.vs-members td:last-child')].every(td => td.textContent === 'now')");

        assertThat(browser.all(".vs-picture .vs-member")).hasSize(3);
        assertThat(browser.text(".vs-picture [data-said='this member'] .vs-name"))
                .matches("\\d+");
        assertThat(browser.text(".vs-header")).contains("operational", "primary", CLUSTER);
        assertThat(browser.one(".vs-picture").getDomAttribute("aria-label"))
                .startsWith("3 members on the ring")
                .endsWith("operational");
        assertThat(browser.text(".vs-members td:nth-child(3)").lines())
                .allSatisfy(agreed -> assertThat(agreed).matches("[\\d,]+"));
        assertThat(browser.text(".vs-timeline [data-kind=REGULAR]:first-child strong"))
                .startsWith("Regular");
    }

    @Test
    void theTokenMovesUnlessSomebodyPrefersThatNothingDoes() {
        browser.awaitThat("document.querySelector('.vs-centre').textContent.includes('rotations/s')"
                + " && !document.querySelector('.vs-token').hasAttribute('data-rests')");
        assertThat(placesOfTheToken()).isGreaterThan(5);

        browser.prefer("prefers-reduced-motion", "reduce");

        assertThat(placesOfTheToken()).isLessThan(3); // one where it was
    }

    private long placesOfTheToken() {
        return browser.askLater("""
                const done = arguments[0], seen = new Set(), token = document.querySelector('.vs-token');
                let frames = 0;
                const look = () => {
                  seen.add(token.getAttribute('cx'));
                  ++frames < 40 ? requestAnimationFrame(look) : done(seen.size);
                };
                requestAnimationFrame(look);
                """);
    }

    @Test
    void multicastsAMessageAndSaysWhereItWasDelivered() {
        browser.one("#multicast button").click();

        assertThat(answer()).startsWith("delivered as number ").endsWith("in a regular configuration of 3");
    }

    @Test
    void aLockThatIsTakenIsInTheTableWithItsOwnerAndItsToken() {
        browser.one("#lock button").click();
        browser.awaitThat("document.querySelectorAll('.vs-locks tbody tr').length === 1");

        DistributedLocks.Held held =
                members.get(1).getBean(DistributedLocks.class).snapshot().get(0);
        assertThat(browser.text(".vs-locks tbody"))
                .contains("door", Long.toString(held.fencingToken()), "nobody")
                .contains(browser.text(".vs-picture [data-said='this member'] .vs-name"));

        browser.one("#lock button[name=release]").click();
        browser.awaitThat("document.querySelectorAll('.vs-locks tbody tr').length === 0");
        assertThat(browser.text(".vs-locks")).contains("Nobody holds a lock.");
    }

    @Test
    void mapsAndCountersAreShownAndNothingInThemIsMarkup() {
        browser.type("#map [name=value]", "<img src=x onerror=alert(1)>");
        browser.one("#map button").click();
        assertThat(answer()).isEqualTo("put; before it was nothing");
        browser.one("#counter button").click();
        browser.awaitThat("document.querySelector('.vs-counters tbody tr') !== null"
                + " && document.querySelector('.vs-maps tbody tr') !== null");

        assertThat(browser.text(".vs-maps h3")).isEqualTo("stock: 1 entry");
        assertThat(browser.text(".vs-maps tbody td")).isEqualTo("<img src=x onerror=alert(1)>");
        assertThat(browser.all(".vs-maps img")).isEmpty();
        assertThat(browser.text(".vs-counters tbody")).isEqualTo("visits1");
    }

    @Test
    void whoComesAndGoesIsInTheTimeLineAndReadOut() {
        ConfigurableApplicationContext fourth = startOneMore();
        browser.awaitThat("document.querySelectorAll('.vs-members tbody tr').length === 4");
        assertThat(browser.text("[aria-live=polite]")).startsWith("Configuration change: 4 members, joined ");

        String id = choose(fourth);
        browser.one("#member button[value=stop]").click();

        browser.awaitThat("document.querySelectorAll('.vs-members tbody tr').length === 3");
        browser.awaitThat("document.querySelector('.vs-timeline li').dataset.kind === 'REGULAR'");
        assertThat(browser.text(".vs-timeline [data-kind=TRANSITIONAL]:nth-child(2)"))
                .contains("Transitional", "left: ")
                .containsAnyOf("because a member said goodbye", "because another member gave the ring up");
        assertThat(browser.text("[aria-live=polite]")).startsWith("Configuration change: 3 members, left ");
        assertThat(saidOf(id)).isEqualTo("left");
        browser.awaitThat("document.querySelectorAll('.vs-changes line').length > 0");
    }

    @Test
    void whoPausesIsLeftBehindAndComesBack() {
        String id = choose(members.get(2));
        browser.type("#member [name=seconds]", "3");
        browser.one("#member button[value=pause]").click();

        browser.awaitThat("document.querySelectorAll('.vs-members tbody tr').length === 2");
        assertThat(saidOf(id)).isEqualTo("left");
        browser.awaitThat("document.querySelectorAll('.vs-members tbody tr').length === 3");
        assertThat(saidOf(id)).isNotEqualTo("left");
        assertThat(browser.text(".vs-timeline .vs-why"))
                .containsAnyOf("because the token was lost", "because another member gave the ring up");
    }

    @Test
    void whatIsOldSaysSo() {
        ConfigurableApplicationContext fourth = startOneMore();
        browser.show(url(fourth, "/"));
        browser.awaitThat("document.querySelectorAll('.vs-members tbody tr').length === 4");

        fourth.close();

        browser.awaitThat("document.querySelector('#ring').dataset.connection === 'lost'");
        assertThat(browser.text(".vs-connection")).contains("what you see is old");
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("/ring/events"));
    }

    private ConfigurableApplicationContext startOneMore() {
        List<String> arguments = new ArrayList<>(List.of(ARGUMENTS));
        arguments.add("--members=1");
        more.addAll(SampleApplication.start(arguments.toArray(String[]::new)));
        return more.get(0);
    }

    /** Gives its name. */
    private String choose(ConfigurableApplicationContext member) {
        String id = member.getBean(ReplicatedObjects.class)
                .ring()
                .status()
                .local()
                .id()
                .toString();
        browser.awaitThat(
                "[...document.querySelector('#member select').options].some(each => each.value === '" + id + "')");
        browser.one("#member option[value='" + id + "']").click();
        return id;
    }

    private String saidOf(String member) {
        return browser.one(".vs-picture [data-member='" + member + "']").getDomAttribute("data-said");
    }

    @Test
    void thePageOfTheStarterOnlyReads() {
        browser.show(url(members.get(1), "/ring"));
        browser.awaitThat("document.querySelectorAll('.vs-members tbody tr').length === 3");

        assertThat(browser.all("button, input, select, form")).isEmpty();
    }

    @Test
    void fitsAPhone() {
        browser.one("#lock button").click();
        browser.awaitThat("document.querySelectorAll('.vs-locks tbody tr').length === 1");
        browser.width(360, 740);

        assertThat(browser.ask(Long.class, "return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
        assertThat(browser.askForTexts("""
                return [...document.querySelectorAll('main *:not(.vs-unseen, .vs-unseen *, thead *)')]
                    .filter(each => each.getBoundingClientRect().right > 360.5).map(each => each.outerHTML)
                """)).isEmpty();

        browser.one("#lock button[name=release]").click();
        browser.awaitThat("document.querySelectorAll('.vs-locks tbody tr').length === 0");
    }

    @Test
    void theKeyboardReachesAllThereIsToDoAndShowsWhere() {
        List<String> wanted = browser.askForTexts("""
                const all = [...document.querySelectorAll('button, input, select, .vs-timeline')];
                all.forEach((each, index) => each.dataset.stop = String(index));
                return all.map(each => each.dataset.stop);
                """);
        Set<String> reached = new HashSet<>();
        for (int i = 0; i < wanted.size() + 5; i++) {
            browser.press(Keys.TAB);
            String stop = browser.ask(String.class, "return document.activeElement.dataset.stop ?? ''");
            if (!stop.isEmpty()) {
                reached.add(stop);
                assertThat(browser.ask(String.class, "return getComputedStyle(document.activeElement).outlineStyle"))
                        .isEqualTo("solid");
            }
        }
        assertThat(reached).containsExactlyInAnyOrderElementsOf(wanted);

        WebElement button = browser.one("#multicast button");
        browser.ask(Object.class, "arguments[0].focus()", button);
        browser.press(Keys.ENTER);
        assertThat(answer()).startsWith("delivered");
    }

    @Test
    void textCanBeReadInLightAndInDark() {
        assertThat(tooFaint()).isEmpty();
        long light = brightness();

        browser.prefer("prefers-color-scheme", "dark");

        assertThat(brightness()).isLessThan(60);
        assertThat(light).isGreaterThan(200);
        assertThat(tooFaint()).isEmpty();
    }

    private long brightness() {
        return browser.ask(
                Long.class, "return Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/g)[1])");
    }

    /** Texts with less contrast than 4.5 to 1 (WCAG 2.2, 1.4.3). */
    private List<String> tooFaint() {
        return browser.askForTexts("""
                const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
                const isClear = colour => colour === 'transparent' || numbers(colour)[3] === 0;
                const light = colour => {
                  const [r, g, b] = numbers(colour).slice(0, 3)
                      .map(each => each / 255)
                      .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const behind = each => {
                  const ground = getComputedStyle(each).backgroundColor;
                  return isClear(ground) ? behind(each.parentElement) : ground;
                };
                const faint = [];
                for (const each of document.querySelectorAll('main *')) {
                  const own = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
                  const isInPicture = each instanceof SVGElement;
                  if (!own || each.closest('[hidden], .vs-unseen, [data-said="this member"]')) {
                    continue;
                  }
                  const style = getComputedStyle(each);
                  const a = light(isInPicture ? style.fill : style.color);
                  const b = light(behind(isInPicture ? each.closest('svg').parentElement : each));
                  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                  if (contrast < 4.5) {
                    faint.push(`${contrast.toFixed(2)} ${each.outerHTML}`);
                  }
                }
                return faint;
                """);
    }
}
