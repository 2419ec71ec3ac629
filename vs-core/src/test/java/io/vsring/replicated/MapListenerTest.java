package io.vsring.replicated;

import static io.vsring.replicated.Members.A;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vsring.ring.Fill;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MapListenerTest {

    private static final Command.Creation MAP = new Command.Creation("m", MapReplica.KIND);
    private static final MapCodecs<String, String> TEXTS = new MapCodecs<>("m", Codec.strings(), Codec.strings());

    private final List<String> heard = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final MapListenerRegistry registry = new MapListenerRegistry();
    private final MapListeners listeners = registry.of(Shelf.key(MAP));
    private final ReplicationBoard board = new ReplicationBoard(registry, TransferLimits.defaults());
    private long requests;

    MapListenerTest() {
        registry.attend((what, why) -> warnings.add(what + why));
    }

    @Test
    void aListenerHearsEachChangeInItsOrder() {
        Journal journal = shownJournal();
        MapListener.Registration registration = listeners.add("m", this::note);

        put(journal, "b", "1");
        put(journal, "b", "2");
        apply(journal, MapCommand.of(MapCommand.Kind.PUT_IF_ABSENT, bytes("b"), bytes("3")));
        apply(journal, MapCommand.putAll(List.of(bytes("c"), bytes("4"), bytes("a"), bytes("5"))));
        apply(journal, MapCommand.of(MapCommand.Kind.REMOVE, bytes("b")));
        put(journal, "b", "6");
        apply(journal, MapCommand.of(MapCommand.Kind.CLEAR));
        registration.close();
        put(journal, "a", "7");

        assertThat(heard)
                .containsExactly(
                        "ADDED b null>1 v2",
                        "UPDATED b 1>2 v3",
                        "ADDED c null>4 v5",
                        "ADDED a null>5 v5",
                        "REMOVED b 2>null v3",
                        "ADDED b null>6 v7",
                        "REMOVED a 5>null v5",
                        "REMOVED c 4>null v5",
                        "REMOVED b 6>null v7");
    }

    @Test
    void whatIsHeardOrIsAboutManyKeysIsNotQuick() {
        MapReplica map = map(shownJournal());
        byte[] ofOneKey = MapCommand.of(MapCommand.Kind.REMOVE, bytes("a"));

        assertThat(map.isQuick(ofOneKey)).isTrue();
        assertThat(map.isQuick(MapCommand.of(MapCommand.Kind.CLEAR))).isFalse();
        assertThat(map.isQuick(MapCommand.putAll(List.of(bytes("a"), bytes("1")))))
                .isFalse();
        assertThat(map.isQuick(new byte[] {99})).isFalse();
        assertThat(map.isQuick(new byte[0])).isFalse();
        MapListener.Registration registration = listeners.add("m", this::note);
        assertThat(map.isQuick(ofOneKey)).isFalse();
        registration.close();
        assertThat(map.isQuick(ofOneKey)).isTrue();
    }

    @Test
    void theCommandThatMakesTheMapIsHeardAsWell() {
        MapListener.Registration unused = listeners.add("m", this::note);
        Journal journal = Journal.begin(kinds(), 1);
        board.show(journal.shelf());

        put(journal, "a", "1");
        put(journal, "a", "2");
        board.show(Shelf.key(MAP), map(journal));

        assertThat(heard).containsExactly("ADDED a null>1 v1", "UPDATED a 1>2 v2");
    }

    @Test
    void whatIsTentativeIsHeardWhenItIsApplied() {
        Journal journal = shownJournal();
        MapListener.Registration unused = listeners.add("m", this::note);
        journal.addTentative(command(MapCommand.of(MapCommand.Kind.PUT, bytes("a"), bytes("never"))));
        journal.forgetTentative();
        journal.addTentative(command(MapCommand.of(MapCommand.Kind.PUT, bytes("a"), bytes("1"))));

        assertThat(heard).isEmpty();
        journal.applyTentative();
        assertThat(heard).containsExactly("ADDED a null>1 v2");
    }

    @Test
    void anotherStateIsHeardAsItsDifferences() {
        Journal mine = shownJournal();
        put(mine, "same", "1");
        put(mine, "lost", "2");
        put(mine, "other", "3");
        Journal theirs = new Journal(kinds());
        mine.snapshot().forEachRemaining(theirs::restore);
        put(mine, "lost too", "4");
        put(theirs, "other", "5");
        put(theirs, "new", "6");
        apply(theirs, MapCommand.of(MapCommand.Kind.REMOVE, bytes("lost")));
        MapListener.Registration unused = listeners.add("m", this::note);

        board.show(theirs.shelf());
        put(theirs, "new", "7");
        board.show(Journal.begin(kinds(), 2).shelf());

        assertThat(heard)
                .containsExactly(
                        "REMOVED lost 2>null v3 compared",
                        "REMOVED lost too 4>null v5 compared",
                        "UPDATED other 3>5 v5 compared",
                        "ADDED new null>6 v6 compared",
                        "UPDATED new 6>7 v8",
                        "REMOVED same 1>null v2 compared",
                        "REMOVED other 5>null v5 compared",
                        "REMOVED new 7>null v8 compared");
    }

    @Test
    void aStateThatReturnsIsHeardAndGoesOn() {
        Journal first = shownJournal();
        put(first, "a", "1");
        board.show(Journal.begin(kinds(), 2).shelf());
        MapListener.Registration unused = listeners.add("m", this::note);

        board.show(first.shelf());
        put(first, "a", "2");

        assertThat(heard).containsExactly("ADDED a null>1 v2 compared", "UPDATED a 1>2 v3");
        assertThat(map(first).isCurrent()).isTrue();
    }

    @Test
    void aListenerThatThrowsIsReportedAndHarmsNobody() {
        Journal journal = shownJournal();
        MapListener.Registration first = listeners.add("m", change -> {
            throw new AssertionError("first");
        });
        MapListener.Registration second = listeners.add(
                "m", change -> new MapEvent<>(new MapCodecs<>("m", Codec.strings(), Codec.uuids()), change).newValue());
        MapListener.Registration third = listeners.add("m", this::note);

        put(journal, "a", "1");
        put(journal, "a", "2");

        assertThat(heard).containsExactly("ADDED a null>1 v2", "UPDATED a 1>2 v3");
        assertThat(warnings).hasSize(4);
        assertThat(warnings.get(0)).contains("map 'm'", "first");
        assertThat(warnings.get(1)).contains("the value of 'a'", "map 'm'", "cannot be decoded by");
    }

    @Test
    void anExecutorIsHandedAllChangesInTheirOrder() throws Exception {
        Journal journal = shownJournal();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(1000);
        MapListener.Registration unused = listeners.add(
                "m",
                change -> {
                    begun.countDown();
                    awaitQuietly(goOn);
                    seen.add(new String(change.after().value(), UTF_8));
                    all.countDown();
                },
                threads);

        put(journal, "a", "0");
        begun.await();
        for (int i = 1; i < 1000; i++) {
            put(journal, "a", Integer.toString(i));
        }
        goOn.countDown();
        all.await();

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            expected.add(Integer.toString(i));
        }
        assertThat(seen).containsExactlyElementsOf(expected);
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatAnExecutorRefusesIsToldWithTheNextChange() {
        Journal journal = shownJournal();
        boolean[] open = {false};
        MapListener.Registration registration = listeners.add("m", this::note, task -> {
            if (!open[0]) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        });

        put(journal, "a", "1");
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0)).contains("1 changes wait", "full");
        open[0] = true;
        put(journal, "a", "2");
        registration.close();
        put(journal, "a", "3");

        assertThat(heard).containsExactly("ADDED a null>1 v2", "UPDATED a 1>2 v3");
    }

    @Test
    void aNewcomerHearsWhatItIsSent() throws Exception {
        try (LoopbackMembers members = new LoopbackMembers(2)) {
            ReplicatedMap<String, Long> first =
                    members.start(1, ReplicationOptions.defaults(), it -> {}).map("m", Codec.strings(), Codec.longs());
            first.putAll(Map.of("a", 1L, "b", 2L));
            ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();

            ReplicatedObjects newcomer = members.start(
                    2,
                    ReplicationOptions.defaults(),
                    it -> it.map("m", Codec.strings(), Codec.longs())
                            .addListener(event -> events.add(event.kind()
                                    + event.key()
                                    + event.oldValue()
                                    + event.newValue()
                                    + event.isFoundByComparison())));
            Long before = first.put("b", 3L);
            assertThat(newcomer.map("m", Codec.strings(), Codec.longs()).getOrdered("b"))
                    .isEqualTo(3);

            assertThat(before).isEqualTo(2);
            assertThat(events)
                    .hasSize(3)
                    .contains("ADDEDanull1true", "ADDEDbnull2true")
                    .last()
                    .isEqualTo("UPDATEDb23false");
        }
    }

    @Test
    void whenTooManyWaitForAnExecutorThoseOfOneKeyBecomeOne() {
        Journal journal = shownJournal();
        ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        MapListener.Registration unused = listeners.add("m", this::note, tasks::add);
        put(journal, "a", "1");
        put(journal, "gone", "1");
        apply(journal, MapCommand.of(MapCommand.Kind.REMOVE, bytes("gone")));
        long fullest = 0;
        for (int i = 0; i < MapListeners.WAITING_MAX; i++) {
            put(journal, "a", Integer.toString(i));
            fullest = Math.max(fullest, registry.fill().used());
        }
        assertThat(fullest).isEqualTo(MapListeners.WAITING_MAX);
        assertThat(registry.fill())
                .as("what came first has become one change")
                .satisfies(fill -> assertThat(fill.used()).isBetween(1L, fill.max()))
                .satisfies(fill -> assertThat(fill.max()).isEqualTo(MapListeners.WAITING_MAX));
        put(journal, "late", "1");

        tasks.remove().run();

        assertThat(registry.fill()).isEqualTo(new Fill(0, MapListeners.WAITING_MAX));
        int last = MapListeners.WAITING_MAX - 1;
        assertThat(heard)
                .as("that of the key that came and went is nothing")
                .hasSizeLessThan(6)
                .noneMatch(text -> text.contains("gone"))
                .endsWith("ADDED late null>1 v" + (last + 6));
        assertThat(heard.get(0)).startsWith("ADDED a null>").endsWith(" compared");
        assertThat(heard.get(heard.size() - 2)).contains(">" + last + " ");
        put(journal, "late", "2");
        tasks.remove().run();
        assertThat(heard).last().isEqualTo("UPDATED late 1>2 v" + (last + 7));
    }

    private void note(MapChange change) {
        MapEvent<String, String> event = new MapEvent<>(TEXTS, change);
        heard.add(event.kind() + " " + event.key() + " " + event.oldValue() + ">" + event.newValue() + " v"
                + event.version() + (event.isFoundByComparison() ? " compared" : ""));
    }

    /** One that is shown, with an empty map. */
    private Journal shownJournal() {
        Journal journal = Journal.begin(kinds(), 1);
        apply(journal, MapCommand.of(MapCommand.Kind.CLEAR));
        board.show(journal.shelf());
        return journal;
    }

    private static Map<String, Supplier<Replica>> kinds() {
        Map<String, Supplier<Replica>> kinds = new TreeMap<>();
        kinds.put(MapReplica.KIND, () -> new MapReplica(new MapOperations(List.of())));
        return kinds;
    }

    private static MapReplica map(Journal journal) {
        return (MapReplica) journal.shelf().find(Shelf.key(MAP));
    }

    private void put(Journal journal, String key, String value) {
        apply(journal, MapCommand.of(MapCommand.Kind.PUT, bytes(key), bytes(value)));
    }

    private void apply(Journal journal, byte[] body) {
        assertThat(journal.apply(command(body)).kind()).isEqualTo(Answer.Kind.DONE);
    }

    private Command command(byte[] body) {
        return new Command(A, ++requests, 0, Shelf.key(MAP), MAP, body);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
