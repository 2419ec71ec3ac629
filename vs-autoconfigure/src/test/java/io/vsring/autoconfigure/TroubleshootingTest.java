package io.vsring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.spring.EventTroubles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code docs/troubleshooting.md} shows what is printed, of all that can go wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the failures are caused once
class TroubleshootingTest {

    private static final Path DOCUMENT = Path.of("../docs/troubleshooting.md");

    /** Set to true where the page is to be written in place of being compared. */
    private static final String WRITE = "vs.docs.write";

    private static final String SPRING = "src/main/java/io/vsring/";
    private static final String CORE = "../vs-core/src/main/java/io/vsring/";

    /** Whose texts are shown. */
    private static final List<String> SOURCES = List.of(
            SPRING + "autoconfigure/ConfiguredKeys.java",
            SPRING + "autoconfigure/KeyFiles.java",
            SPRING + "autoconfigure/KeyBundles.java",
            SPRING + "autoconfigure/KeyReload.java",
            SPRING + "spring/HandlerSignature.java",
            SPRING + "spring/HandlerArguments.java",
            SPRING + "spring/ListenerMethodFactory.java",
            SPRING + "spring/ListenerEvent.java",
            SPRING + "spring/ListenerQueue.java",
            SPRING + "spring/RingListenerBeanPostProcessor.java",
            SPRING + "spring/RingListenerRegistry.java",
            SPRING + "spring/SaidOfStart.java",
            SPRING + "spring/SealedTypeNames.java",
            SPRING + "spring/CborPayloadCodec.java",
            SPRING + "spring/PayloadCodecs.java",
            SPRING + "spring/PayloadReader.java",
            SPRING + "spring/KeyTypes.java",
            SPRING + "spring/HeaderBlock.java",
            SPRING + "spring/ClusterEvents.java",
            SPRING + "spring/ClusterEventTypes.java",
            SPRING + "spring/DefinitionReader.java",
            SPRING + "spring/MapDefinitionRegistrar.java",
            SPRING + "spring/RingTemplate.java",
            SPRING + "autoconfigure/DeclaredObjects.java",
            SPRING + "autoconfigure/InvalidListenerMethodFailureAnalyzer.java",
            SPRING + "autoconfigure/InvalidRingPropertiesFailureAnalyzer.java",
            SPRING + "autoconfigure/MissingReplicatedObjectFailureAnalyzer.java",
            SPRING + "autoconfigure/RingFormationException.java",
            SPRING + "autoconfigure/RingFormationFailureAnalyzer.java",
            SPRING + "autoconfigure/RingLifecycle.java",
            SPRING + "autoconfigure/RingOptionsMapping.java",
            SPRING + "autoconfigure/RingStartFailureAnalyzer.java",
            SPRING + "autoconfigure/RunningMember.java",
            CORE + "ring/RingOptionsCheck.java",
            CORE + "ring/Seed.java",
            CORE + "ring/HostAndPorts.java",
            CORE + "ring/MulticastGroup.java",
            CORE + "ring/LocalAddress.java",
            CORE + "ring/FileRingSequenceStore.java",
            CORE + "ring/TraceFile.java",
            CORE + "ring/RingFuture.java",
            CORE + "ring/GroupCache.java",
            CORE + "ring/CurrentDelivery.java",
            CORE + "transport/BindFailure.java",
            CORE + "replicated/RunningObjects.java",
            CORE + "replicated/PendingCalls.java",
            CORE + "replicated/ReplicaHandle.java",
            CORE + "replicated/ReentrantView.java",
            CORE + "replicated/Elections.java",
            CORE + "replicated/MapCodecs.java",
            CORE + "replicated/MapLimits.java",
            CORE + "replicated/MapOperations.java",
            CORE + "replicated/ReplicatedMap.java");

    /** What no case here can cause. */
    private static final List<String> NOT_SHOWN = List.of(
            // only classes that are compiled in another way
            "its @Header has no name, and the class was compiled without -parameters",
            "cannot be accessed: make it public",
            // only on machines of another kind
            "not permitted to bind UDP port",
            "Ports below 1024 need a privilege",
            "cannot bind UDP port",
            "Look at vs.transport.bind-address and vs.transport.port",
            "cannot listen to multicast group",
            "Look at vs.transport.multicast-group",
            "a datagram to multicast group",
            "did not even come back to this machine",
            "vs.transport.bind-address (",
            "stands for every address of this machine",
            "no single interface of this machine has the address",
            "has no address of the IP version of",
            "(vs.transport.bind-address) that others can send to",
            "does not leave its device, and the keys of datagrams are made of its bytes",
            // in the log of a running member, which goes on
            "they cannot be looked at",
            // a running member ends of them, and its log says so
            "cannot be written, so ring sequences could be used twice after a restart",
            "the lock beside",
            // only in an order of events that the tests of vs-core bring about
            "the primary component does not remember whether this call was carried out",
            "this member has ended: it can stand in no election any more",
            // only in plain Java, on another class path, or where other tests bring it about
            "and what is asked for seeds",
            ", cannot both say where others are",
            ": add tools.jackson.dataformat:jackson-dataformat-cbor",
            "a listener was ended before it had handled",
            // only by a mistake of ours, or no text for people
            "the listeners are running: stop them before they are started again",
            "no codec for payloads of type",
            "the delivery of the message failed here",
            "nobody interrupts this thread",
            "join and merge intervals",
            "vs.ring.join-interval and vs.ring.merge-interval",
            "vs-ring-sequence 1",
            "a delivery whose callback has returned",
            "the ring delivers before it has been started",
            "was answered, expected was",
            "not a number of entries:");

    private static final int SHOWN_LENGTH = 20;

    /** Comments, which may have quotes in them, or literals with nothing but a plus in between. */
    private static final Pattern LITERALS = Pattern.compile(
            "/\\*.*?\\*/|//[^\n]*|'(?:\\\\.|[^'\\\\])'"
                    + "|(?<literals>\"(?:\\\\.|[^\"\\\\])*\"(?:\\s*\\+\\s*\"(?:\\\\.|[^\"\\\\])*\")*)",
            Pattern.DOTALL);

    private static final Pattern JOINT = Pattern.compile("(?<!\\\\)\"\\s*\\+\\s*\"");

    private static final String HEADING = """
            # Troubleshooting

            The texts of errors, each with how it comes about. Look here for a few words of yours. Where Spring Boot
            analyses the failure of a start, the text is its description and action; elsewhere it is the exception.

            Names that begin with `com.acme`, addresses, ports and the ids of members are examples. A test causes each
            of these failures and compares this page with what was printed; to write it anew:

            ```
            mvn -pl vs-autoconfigure -am test -Dtest=TroubleshootingTest \\
                -Dsurefire.failIfNoSpecifiedTests=false -Dvs.docs.write=true
            ```
            """;

    private final String printed = page().under(HEADING);

    @Test
    void thePageIsWhatIsPrinted() throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, printed);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("%s; to write it anew: -D%s=true", DOCUMENT, WRITE)
                .isEqualTo(printed);
    }

    private static TroublePage page() {
        TroublePage page = new TroublePage();
        page.section(
                "Handlers",
                "Methods with `@OnDeliver` and `@OnConfigurationChange`, what they take, the beans that have them, and"
                        + " classes with `@ClusterEvent`.",
                all(
                        HandlerTroubles.payloads(),
                        HandlerTroubles.headersAndChanges(),
                        ListenerTroubles.annotations(),
                        ListenerTroubles.payloads(),
                        ListenerTroubles.beans(),
                        EventTroubles.all()));
        page.section(
                "Configuration",
                "Properties, of which all that is wrong is said at once, and the maps and counters that are declared.",
                all(
                        ConfigurationTroubles.numbers(),
                        ConfigurationTroubles.addresses(),
                        KeyTroubles.properties(),
                        KeyTroubles.directories(),
                        KeyTroubles.bundles(),
                        ConfigurationTroubles.declarations()));
        page.section(
                "Start and stop",
                "What keeps a member from its port, its files and the other members, and what is used when none runs.",
                all(StartTroubles.sockets(), StartTroubles.files(), StartTroubles.formation()));
        page.section(
                "Sending",
                "What `RingTemplate` throws, and what goes wrong when a message is handled, which the"
                        + " `ListenerErrorHandler` is told.",
                all(SendingTroubles.sending(), SendingTroubles.waiting(), SendingTroubles.listening()));
        page.section(
                "Replicated objects",
                "What maps, counters, locks and elections throw.",
                all(
                        ObjectTroubles.calls(),
                        ObjectTroubles.arguments(),
                        ObjectTroubles.operations(),
                        ObjectTroubles.locks()));
        return page;
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static List<Trouble> all(List<Trouble>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }

    /** A text that is added has no place on the page before somebody gives it one. */
    @Test
    void everyTextOfTheSourcesIsOnThePage() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String source : SOURCES) {
            for (String text : texts(Files.readString(Path.of(source)))) {
                if (!printed.contains(text) && NOT_SHOWN.stream().noneMatch(text::contains)) {
                    missing.add(Path.of(source).getFileName() + ": " + text);
                }
            }
        }

        assertThat(missing)
                .as("texts that no case of this test causes; give each one")
                .isEmpty();
    }

    /** Literals that are parts of sentences, joined where the source had to break them. */
    private static List<String> texts(String source) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = LITERALS.matcher(source);
        while (matcher.find()) {
            if (matcher.group("literals") != null) {
                String text = JOINT.matcher(matcher.group("literals")).replaceAll("");
                text = text.substring(1, text.length() - 1)
                        .replace("\\u", "")
                        .translateEscapes()
                        .strip();
                if (text.length() >= SHOWN_LENGTH && text.indexOf(' ') > 0 && !text.contains("{}")) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }
}
