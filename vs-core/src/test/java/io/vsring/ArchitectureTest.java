package io.vsring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The walls of the house, as tests. A rule that gets in the way is discussed first and changed here second. */
class ArchitectureTest {

    private static final String WORDS = "io.vsring";
    private static final String WIRE = "io.vsring.wire..";
    private static final String PROTOCOL = "io.vsring.protocol..";
    private static final String SECURITY = "io.vsring.security..";
    private static final String TRANSPORT = "io.vsring.transport..";
    private static final String RING = "io.vsring.ring..";
    private static final String REPLICATED = "io.vsring.replicated..";

    /** The classes in which two threads meet. Whoever adds one adds it to ARCHITECTURE.md too, with its reason. */
    private static final Set<String> MEETING_PLACES = Set.of(
            "io.vsring.ring.Mailbox", //
            "io.vsring.ring.GroupCache", //
            "io.vsring.ring.DeliveryLane", //
            "io.vsring.transport.InMemoryNetwork", //
            "io.vsring.transport.InMemoryTransport", //
            "io.vsring.transport.ParkingLoopThread", //
            "io.vsring.transport.TransportCounters", //
            "io.vsring.ring.Counters", //
            "io.vsring.ring.KeyCounters", //
            "io.vsring.ring.RingBoard", //
            "io.vsring.ring.TraceQueue", //
            "io.vsring.replicated.PendingCalls", //
            "io.vsring.replicated.ControlPost", //
            "io.vsring.replicated.Errands", //
            "io.vsring.replicated.ReplicationBoard", //
            "io.vsring.replicated.CounterReplica", //
            "io.vsring.replicated.MapReplica", //
            "io.vsring.replicated.MapView", //
            "io.vsring.replicated.MapEntry", //
            "io.vsring.replicated.MapReader", //
            "io.vsring.replicated.MapDeclaration", //
            "io.vsring.replicated.MapListeners", //
            "io.vsring.replicated.MapListenerRegistry", //
            "io.vsring.replicated.Audience", //
            "io.vsring.replicated.DistributedLocks", //
            "io.vsring.replicated.LocalLocks", //
            "io.vsring.replicated.HeldLock", //
            "io.vsring.replicated.LocksReplica", //
            "io.vsring.replicated.ReentrantView", //
            "io.vsring.replicated.Elections", //
            "io.vsring.replicated.Candidacy");

    /** Public for vs-test only, which its documentation says: the simulator brings its own transport and threads. */
    private static final String SIMULATORS_ENTRANCE = "io.vsring.ring.RingAssembly";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.vsring");

    @Test
    void everyClassLivesInARoom() {
        check(classes()
                .should()
                .resideInAnyPackage(WORDS, WIRE, PROTOCOL, SECURITY, TRANSPORT, RING, REPLICATED)
                .because("a room without a place in the layers has no rules; name it here first"));
    }

    @Test
    void theWordsKnowNobody() {
        check(onlyKnows(WORDS).because("everybody speaks them, so whatever they knew everybody would know"));
    }

    @Test
    void theWireKnowsTheWords() {
        check(onlyKnows(WIRE, WORDS).because("what is said must not depend on who decides or who sends"));
    }

    @Test
    void theProtocolKnowsDatagramsAndWords() {
        check(onlyKnows(PROTOCOL, WORDS, WIRE).because("it decides; carrying out is somebody else's work"));
    }

    @Test
    void theProtocolNeverSeesBytesOfADatagram() {
        check(noClasses()
                .that()
                .resideInAPackage(PROTOCOL)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vsring.wire.DatagramCodec")
                .because("a second codec must be possible without the protocol noticing"));
    }

    @Test
    void theEnvelopeKnowsNeitherProtocolNorTransport() {
        check(onlyKnows(SECURITY, WORDS, WIRE).because("it turns bytes into bytes, in the simulator as well"));
    }

    @Test
    void theTransportKnowsNoProtocol() {
        check(onlyKnows(TRANSPORT, WORDS, WIRE).because("it carries bytes; what they mean is decided elsewhere"));
    }

    @Test
    void theRingIsWhereTheRoomsMeet() {
        check(onlyKnows(RING, WORDS, WIRE, PROTOCOL, SECURITY, TRANSPORT)
                .because("a ring can be used without replicated objects, so it must not know them"));
    }

    @Test
    void replicatedObjectsStandOnTheRingAlone() {
        check(onlyKnows(REPLICATED, WORDS, RING)
                .because("what our own objects need is what an application may need: the public ring"));
    }

    @Test
    void noTangles() {
        check(slices().matching("io.vsring.(*)..")
                .should()
                .beFreeOfCycles()
                .because("two rooms that need each other are one room"));
    }

    @Test
    void theProtocolKnowsNoWorld() {
        check(noClasses()
                .that()
                .resideInAnyPackage(WORDS, WIRE, PROTOCOL)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.netty..",
                                "org.slf4j..",
                                "org.jctools..",
                                "java.net..",
                                "java.io..",
                                "java.nio.channels..",
                                "java.nio.file..",
                                "java.time..",
                                "java.util.concurrent..",
                                "java.util.random..")
                        .or(oneOf(Thread.class, Random.class, SplittableRandom.class)))
                .orShould()
                .callMethodWhere(target(System.class, "nanoTime", "currentTimeMillis", "identityHashCode")
                        .or(target(Math.class, "random"))
                        .or(target(UUID.class, "randomUUID")))
                .because("the same inputs must give the same effects, or a seed of the simulator is worth nothing"));
    }

    @Test
    void theEnvelopeIsAFunctionOfItsArguments() {
        check(noClasses()
                .that()
                .resideInAPackage(SECURITY)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.netty..", "org.slf4j..", "java.net..", "java.nio.channels..", "java.nio.file..")
                        .or(oneOf(Thread.class, Random.class)))
                .orShould()
                .callMethodWhere(target(System.class, "nanoTime", "currentTimeMillis"))
                .because("freshness is judged against the time that the caller gives, which may be simulated"));
    }

    @Test
    void nettyStaysInTransport() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(TRANSPORT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .because("a ByteBuf that escapes is a leak that nobody owns"));
    }

    @Test
    void onlyTheOuterRoomsLog() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(RING, TRANSPORT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j..")
                .because(
                        "what happened inside is told as an effect, and logged once, where member and ring are known"));
    }

    @Test
    void iterationOrderIsNeverLeftToHashCodes() {
        check(noClasses()
                .that()
                .resideInAnyPackage(PROTOCOL, REPLICATED)
                .should()
                .callConstructorWhere(describe(
                        "makes a hash table",
                        call -> oneOf(HashMap.class, HashSet.class, IdentityHashMap.class)
                                .test(call.getTargetOwner())))
                .orShould()
                .callMethodWhere(target(Set.class, "of", "copyOf")
                        .or(target(Map.class, "of", "ofEntries", "copyOf"))
                        .or(target(
                                Collectors.class,
                                "toSet",
                                "toMap",
                                "groupingBy",
                                "partitioningBy",
                                "toUnmodifiableSet",
                                "toUnmodifiableMap")))
                .because("the order of iteration is an input like any other, and these change it from JVM to JVM"));
    }

    @Test
    void volatileFieldsAreInMeetingPlaces() {
        check(fields().that(areOutsideMeetingPlaces())
                .should()
                .notHaveModifier(VOLATILE)
                .because("a ring has one thread; where two meet is decided, named and tested"));
    }

    @Test
    void synchronizedMethodsAreInMeetingPlaces() {
        check(methods()
                .that(areOutsideMeetingPlaces())
                .should()
                .notHaveModifier(SYNCHRONIZED)
                .because("nobody waits for a lock between socket and protocol"));
    }

    @Test
    void synchronizedBlocksAreInMeetingPlaces() throws IOException {
        Path sources = Path.of("src/main/java");
        Pattern block = Pattern.compile("(?m)^(?!\\s*(?:\\*|//)).*\\bsynchronized\\s*\\(");
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> block.matcher(text(file)).find())
                    .map(file -> className(sources.relativize(file)))
                    .filter(name -> !MEETING_PLACES.contains(name))
                    .toList();
            assertThat(found)
                    .as("synchronized blocks outside the meeting places, because nobody waits for a lock")
                    .isEmpty();
        }
    }

    @Test
    void atomicsLocksAndConcurrentCollectionsAreInMeetingPlaces() {
        check(noClasses()
                .that(not(meetingPlaces()))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.util.concurrent.atomic..", "java.util.concurrent.locks..", "org.jctools..")
                        .or(oneOf(VarHandle.class, MethodHandles.class))
                        .or(concurrentCollectionOrLatch()))
                .because("who needs one of these shares state between threads; that is done in few, named classes"));
    }

    @Test
    void nobodySerializesObjects() {
        check(noClasses()
                .should()
                .dependOnClassesThat(oneOf(ObjectInputStream.class, ObjectOutputStream.class))
                .because("whoever can send bytes could make us run any class that is on the class path"));
    }

    @Test
    void nothingInternalInAPublicSignature() {
        check(classes()
                .that()
                .resideInAnyPackage(WORDS, RING, REPLICATED)
                .and()
                .arePublic()
                .and()
                .doNotHaveFullyQualifiedName(SIMULATORS_ENTRANCE)
                .and()
                .doNotHaveFullyQualifiedName(SIMULATORS_ENTRANCE + "$Surroundings")
                .should(showNone(
                        resideInAnyPackage(WIRE, PROTOCOL, SECURITY, TRANSPORT).and(not(areKeys()))))
                .because("what an application can name we can never change again"));
    }

    /** What an application has to bring: the one public corner of its room. */
    private static DescribedPredicate<JavaClass> areKeys() {
        return describe(
                "keys",
                type -> type.getName().equals("io.vsring.security.Keyring")
                        || type.getName().equals("io.vsring.security.CipherSuite"));
    }

    @Test
    void namesSayWhatAClassIs() {
        check(noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Common|Base)")
                .because("these endings fit every class, so they say nothing about this one"));
    }

    @Test
    void packagesSayWhatTheyAreFor() {
        check(noClasses()
                .should()
                .resideInAnyPackage(Stream.of(
                                "util",
                                "utils",
                                "common",
                                "impl",
                                "internal",
                                "support",
                                "core",
                                "base",
                                "manager",
                                "helper",
                                "misc")
                        .map(name -> ".." + name + "..")
                        .toArray(String[]::new))
                .because("if a class fits into no room, a word is missing"));
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().should(liveInANullMarkedPackage()).because("NullAway looks only where a package asks for it"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    /** The room may use itself, these rooms, and anything that is not ours. */
    private static ArchRule onlyKnows(String room, String... others) {
        DescribedPredicate<JavaClass> ours = resideInAPackage("io.vsring..");
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat(not(ours).or(resideInAPackage(room)).or(resideInAnyPackage(others)));
    }

    private static DescribedPredicate<JavaClass> oneOf(Class<?>... types) {
        Set<String> names = Stream.of(types).map(Class::getName).collect(Collectors.toSet());
        return describe("are one of " + names, type -> names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaClass> concurrentCollectionOrLatch() {
        return describe(
                "are concurrent collections or things to wait at",
                type -> type.getPackageName().equals("java.util.concurrent")
                        && !type.isEquivalentTo(ConcurrentMap.class) // what a class promises, not what it keeps
                        && (type.isAssignableTo(Collection.class)
                                || type.isAssignableTo(Map.class)
                                || oneOf(
                                                CountDownLatch.class,
                                                CyclicBarrier.class,
                                                Exchanger.class,
                                                Phaser.class,
                                                Semaphore.class)
                                        .test(type)));
    }

    private static DescribedPredicate<JavaMethodCall> target(Class<?> owner, String... names) {
        Set<String> wanted = Set.of(names);
        return describe(
                "calls " + owner.getSimpleName() + "." + wanted,
                call -> call.getTargetOwner().isEquivalentTo(owner) && wanted.contains(call.getName()));
    }

    private static DescribedPredicate<JavaClass> meetingPlaces() {
        return describe(
                "are meeting places of threads",
                type -> MEETING_PLACES.stream()
                        .anyMatch(place ->
                                type.getName().equals(place) || type.getName().startsWith(place + "$")));
    }

    private static DescribedPredicate<JavaMember> areOutsideMeetingPlaces() {
        return describe(
                "are outside the meeting places of threads",
                member -> !meetingPlaces().test(member.getOwner()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path source) {
        return source.toString().replace(".java", "").replace('/', '.').replace('\\', '.');
    }

    /** Looks at superclass, interfaces and every public or protected member, with type arguments and exceptions. */
    private static ArchCondition<JavaClass> showNone(DescribedPredicate<JavaClass> internal) {
        return new ArchCondition<>("show no internal type") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                Set<JavaClass> shown = new LinkedHashSet<>();
                item.getSuperclass().ifPresent(type -> shown.addAll(type.getAllInvolvedRawTypes()));
                item.getInterfaces().forEach(type -> shown.addAll(type.getAllInvolvedRawTypes()));
                item.getTypeParameters().forEach(type -> shown.addAll(type.getAllInvolvedRawTypes()));
                item.getMembers().stream()
                        .filter(member -> member.getModifiers().contains(PUBLIC)
                                || member.getModifiers().contains(PROTECTED))
                        .forEach(member -> shown.addAll(member.getAllInvolvedRawTypes()));
                shown.stream()
                        .filter(internal)
                        .map(type -> item.getName() + " shows " + type.getName())
                        .forEach(text -> events.add(SimpleConditionEvent.violated(item, text)));
            }
        };
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package whose package-info says @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            item, item.getName() + ": " + item.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }
}
