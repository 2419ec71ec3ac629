package io.vsring.replicated;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract of {@link ConcurrentMap}, as Guava's tests understand it, with one member and with three.
 *
 * <p>Guava's suites are JUnit 3; they are run by themselves, one dynamic test each. What of their features is not
 * switched on, and why:
 *
 * <ul>
 *   <li>{@code ALLOWS_NULL_KEYS}, {@code ALLOWS_NULL_VALUES}, {@code ALLOWS_NULL_KEY_QUERIES},
 *       {@code ALLOWS_NULL_VALUE_QUERIES}, {@code ALLOWS_NULL_ENTRY_QUERIES}, {@code ALLOWS_ANY_NULL_QUERIES}: there
 *       are no nulls in a {@link ConcurrentMap}.
 *   <li>{@code FAILS_FAST_ON_CONCURRENT_MODIFICATION}: iterators are weakly consistent.
 *   <li>{@code KNOWN_ORDER}, {@code SUBSET_VIEW}, {@code DESCENDING_VIEW}: it has no order of its keys.
 *   <li>{@code REJECTS_DUPLICATES_AT_CREATION}, {@code RESTRICTS_KEYS}, {@code RESTRICTS_VALUES},
 *       {@code RESTRICTS_ELEMENTS}: it takes whatever its codecs take, and the last of several values for one key.
 *   <li>{@code SERIALIZABLE}, {@code SERIALIZABLE_INCLUDING_VIEWS}: nothing here is.
 *   <li>{@code NON_STANDARD_TOSTRING}: it has the standard one, which is tested.
 *   <li>{@code SUPPORTS_ADD} of the map's sets: no {@link Map} supports it.
 * </ul>
 */
class ConcurrentMapViewTest {

    /** So many maps are used in turns: a test may hold more than one. */
    private static final int MAPS = 4;

    private LoopbackMembers members;

    @AfterEach
    void closeAll() {
        members.close();
    }

    @TestFactory
    Stream<DynamicNode> isAConcurrentMapOnOneMember() throws Exception {
        members = LoopbackMembers.form(1, ReplicationOptions.defaults());
        return suite("one", 0, 0);
    }

    /** Filled by one member, tested on another one. */
    @TestFactory
    Stream<DynamicNode> isAConcurrentMapOnThreeMembers() throws Exception {
        members = LoopbackMembers.form(3, ReplicationOptions.defaults());
        return suite("three", 1, 2);
    }

    @Test
    void whatIsComputedByAllAtOnceIsComputedOnceEach() throws Exception {
        members = LoopbackMembers.form(3, ReplicationOptions.defaults());
        List<CompletableFuture<Void>> threads = IntStream.range(0, 6)
                .mapToObj(index -> CompletableFuture.runAsync(() -> {
                    ConcurrentMap<String, Long> map = members.get(index % 3)
                            .map("sums", Codec.strings(), Codec.longs())
                            .asConcurrentMap();
                    for (int i = 0; i < 20; i++) {
                        map.merge("merged", 1L, Long::sum);
                        map.compute("computed", (key, sum) -> sum == null ? 1 : sum + 1);
                        map.computeIfAbsent("present", key -> 0L);
                        map.computeIfPresent("present", (key, sum) -> sum + 1);
                    }
                }))
                .toList();
        threads.forEach(CompletableFuture::join);

        ReplicatedMap<String, Long> map = members.get(0).map("sums", Codec.strings(), Codec.longs());
        assertThat(map.getOrdered("merged")).isEqualTo(120);
        assertThat(map.getOrdered("computed")).isEqualTo(120);
        assertThat(map.getOrdered("present")).isEqualTo(120);
    }

    @Test
    void aComputationThatGivesNothingTakesTheKeyOut() throws Exception {
        members = LoopbackMembers.form(1, ReplicationOptions.defaults());
        ConcurrentMap<String, Long> map =
                members.get(0).map("m", Codec.strings(), Codec.longs()).asConcurrentMap();
        map.putAll(Map.of("a", 1L, "b", 2L));

        assertThat(map.compute("a", (key, value) -> null)).isNull();
        assertThat(map.merge("b", 1L, (before, now) -> null)).isNull();
        assertThat(map.compute("c", (key, value) -> null)).isNull();

        assertThat(map).isEmpty();
    }

    private Stream<DynamicNode> suite(String name, int filler, int user) {
        return nodes(ConcurrentMapTestSuiteBuilder.using(new Maps(members.get(filler), members.get(user)))
                .named("ReplicatedMap.asConcurrentMap, members: " + name)
                .withFeatures(
                        CollectionSize.ANY, MapFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite());
    }

    private static Stream<DynamicNode> nodes(TestSuite suite) {
        return Collections.list(suite.tests()).stream()
                .map(test -> test instanceof TestSuite inner
                        ? DynamicContainer.dynamicContainer(inner.getName(), nodes(inner))
                        : DynamicTest.dynamicTest(((TestCase) test).getName(), () -> run((TestCase) test)));
    }

    private static void run(TestCase test) throws Throwable {
        TestResult result = new TestResult();
        test.run(result);
        assertThat(result.runCount()).isEqualTo(1);
        for (TestFailure failure : Collections.list(result.errors())) {
            throw failure.thrownException();
        }
        for (TestFailure failure : Collections.list(result.failures())) {
            throw failure.thrownException();
        }
    }

    private static final class Maps extends TestStringMapGenerator {

        private final ReplicatedObjects filler;
        private final ReplicatedObjects user;
        private int next;

        Maps(ReplicatedObjects filler, ReplicatedObjects user) {
            this.filler = filler;
            this.user = user;
        }

        @Override
        protected Map<String, String> create(Map.Entry<String, String>[] entries) {
            String name = "map" + next++ % MAPS;
            Map<String, String> all = new LinkedHashMap<>();
            for (Map.Entry<String, String> entry : entries) {
                all.put(entry.getKey(), entry.getValue());
            }
            ReplicatedMap<String, String> other = filler.map(name, Codec.strings(), Codec.strings());
            other.clear();
            other.putAll(all);
            ReplicatedMap<String, String> map = user.map(name, Codec.strings(), Codec.strings());
            assertThat(map.sizeOrdered()).isEqualTo(all.size());
            return map.asConcurrentMap();
        }
    }
}
