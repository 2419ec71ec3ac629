package io.vsring.autoconfigure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.vsring.security.CipherSuite;
import io.vsring.security.Keyring;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;

/** The walls of this module, and what Spring Boot asks of an auto-configuration, as tests. */
class ArchitectureTest {

    /** All that this module compiles, whatever its package. */
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(RingAutoConfiguration.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @Test
    void everyClassLivesInARoom() {
        check(classes()
                .should()
                .resideInAnyPackage(
                        "io.vsring.autoconfigure..", "io.vsring.spring..", "io.vsring.actuate..", "io.vsring.page..")
                .because("a room without a place in the layers has no rules; name it here first"));
    }

    @Test
    void springStandsOnThePublicRing() {
        check(noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.vsring.wire..",
                                "io.vsring.protocol..",
                                "io.vsring.security..",
                                "io.vsring.transport..")
                        .and(not(equivalentTo(Keyring.class)))
                        .and(not(equivalentTo(CipherSuite.class))))
                .because("an application without Spring must be able to do all that an application with it can"));
    }

    @Test
    void nettyStaysInTransport() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .because("a ByteBuf that escapes is a leak that nobody owns"));
    }

    @Test
    void nobodySerializesObjects() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.Object(In|Out)putStream")
                .because("whoever can send bytes could make us run any class that is on the class path"));
    }

    @Test
    void theProgrammingModelDoesNotKnowItsWiring() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.vsring.spring..", "io.vsring.actuate..", "io.vsring.page..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vsring.autoconfigure..")
                .because("templates and listeners can also be wired by hand"));
    }

    @Test
    void whoTakesPartDoesNotKnowWhoLooks() {
        check(noClasses()
                .that()
                .resideInAPackage("io.vsring.spring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vsring.actuate..", "io.vsring.page..")
                .because("an application without Actuator is one as well"));
    }

    @Test
    void thePageNeedsNoActuator() {
        check(noClasses()
                .that()
                .resideInAPackage("io.vsring.page..")
                .or()
                .haveNameMatching("io\\.vsring\\.actuate\\.Ring(Description|Descriptor|History)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.boot.actuate..", "io.micrometer..")
                .because("a page is there for who has Spring MVC, whatever else there is"));
    }

    @Test
    void autoConfigurationsArePublicAndFinal() {
        check(classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .bePublic()
                .andShould()
                .haveModifier(FINAL)
                .because("others order themselves around them by name; nobody extends them"));
    }

    @Test
    void autoConfigurationsHaveNoPublicMembers() {
        check(methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .notBePublic()
                .because("a bean method that can be called is a bean method that cannot be changed"));
    }

    @Test
    void conditionsArePackagePrivate() {
        check(classes()
                .that()
                .areAssignableTo(Condition.class)
                .should()
                .notBePublic()
                .because("when we configure something is not an interface"));
    }

    @Test
    void missingClassesAreAskedForOnClasses() {
        check(noMethods()
                .that()
                .areAnnotatedWith(Bean.class)
                .should()
                .beAnnotatedWith(ConditionalOnClass.class)
                .because("the JVM loads the return type before Spring can read the condition"));
    }

    @Test
    void postProcessorsAreMadeByStaticMethods() {
        check(methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .and()
                .haveRawReturnType(processor())
                .should()
                .beStatic()
                .because("otherwise the configuration itself would be created too early to be processed"));
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

    private static DescribedPredicate<JavaClass> processor() {
        return describe(
                "post-processor",
                type -> type.isAssignableTo(BeanPostProcessor.class)
                        || type.isAssignableTo(BeanFactoryPostProcessor.class));
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
