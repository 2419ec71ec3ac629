package io.vsring.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The walls of this module, as tests. */
class ArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.vsring.test");

    @Test
    void theSimulatorRunsOnVirtualTime() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.vsring.test.simulation..", "io.vsring.test.check..", "io.vsring.test.cluster..")
                .and()
                .haveSimpleNameNotStartingWith("SimulatorCli")
                .and()
                .doNotHaveSimpleName("Simulator")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, java.util.UUID.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "identityHashCode", Object.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class)
                .because("a seed that does not give the same history twice is worth nothing"));
    }

    @Test
    void onlyTheExtensionKnowsJunit() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.vsring.test.junit")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .because("the simulator is also a program of its own, and JUnit is optional"));
    }

    @Test
    void onlyTheAssertionsKnowAssertj() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.vsring.test.assertj")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.assertj..")
                .because("AssertJ is optional"));
    }

    @Test
    void onlyTheEmbeddedRingKnowsSpring() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.vsring.test.spring")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.vsring.autoconfigure..", "io.vsring.spring..")
                .because("Spring is optional, and a ring without it has to be tested as well"));
    }

    @Test
    void theEmbeddedRingIsReal() {
        check(noClasses()
                .that()
                .resideInAPackage("io.vsring.test.spring")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vsring.test.simulation..",
                        "io.vsring.test.cluster..",
                        "io.vsring.test.junit..",
                        "io.vsring.test.assertj..",
                        "org.assertj..")
                .because("its members have threads, and no time but the real one"));
    }

    @Test
    void simulatorAndCheckersDoNotKnowTheirFaces() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.vsring.test.cluster..",
                        "io.vsring.test.junit..",
                        "io.vsring.test.assertj..",
                        "io.vsring.test.spring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vsring.test.cluster..",
                        "io.vsring.test.junit..",
                        "io.vsring.test.assertj..",
                        "io.vsring.test.spring..")
                .because("what users hold may grow comfortable; what judges stays small"));
    }

    @Test
    void verdictsDoNotDependOnTheClock() {
        check(noClasses()
                .that()
                .resideInAPackage("io.vsring.test.linearizability..")
                .and()
                .doNotHaveSimpleName("HistoryRecorder")
                .and()
                .doNotHaveSimpleName("Budget")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("a history that was kept gets the same verdict again, on every machine"));
    }

    @Test
    void checkersJudgeHistoriesOnly() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.vsring.test.check..", "io.vsring.test.linearizability..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vsring.protocol..", "io.vsring.transport..", "io.vsring.test.simulation..")
                .because("the same checkers judge traces of real members, and must not share the engine's mistakes"));
    }

    @Test
    void noTangles() {
        check(slices().matching("io.vsring.test.(*)..")
                .should()
                .beFreeOfCycles()
                .because("two rooms that need each other are one room"));
    }

    @Test
    void namesSayWhatAClassIs() {
        check(noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Common|Base)")
                .because("these endings fit every class, so they say nothing about this one"));
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().should(liveInANullMarkedPackage()).because("NullAway looks only where a package asks for it"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
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
