package io.meterport.bootstrap;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.meterport.application.meter.QueryUsage;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of docs/architecture.md that Maven cannot see. */
class ArchitectureTest {
    private static final String DOMAIN = "io.meterport.domain..";
    private static final String APPLICATION = "io.meterport.application..";
    private static final String JSON = "io.meterport.adapters.json..";
    private static final String HTTP = "io.meterport.adapters.http..";
    private static final String SQLITE = "io.meterport.adapters.sqlite..";
    private static final String POSTGRES = "io.meterport.adapters.postgres..";
    private static final String REDIS = "io.meterport.adapters.redis..";
    private static final String BOOTSTRAP = "io.meterport.bootstrap..";
    private static final String JDK = "java..";
    private static final String NULLNESS = "org.jspecify..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.meterport");

    /** So that a renamed package cannot make the rules pass on nothing. */
    @TestFactory
    List<DynamicTest> everyRingIsThere() {
        return List.of(DOMAIN, APPLICATION, JSON, HTTP, SQLITE, POSTGRES, REDIS, BOOTSTRAP).stream()
                .map(ring -> DynamicTest.dynamicTest(
                        ring,
                        () -> assertThat(CLASSES.that(resideInAPackage(ring))).isNotEmpty()))
                .toList();
    }

    @Test
    void theDomainKnowsOnlyTheJdk() {
        onlyUses(DOMAIN, DOMAIN, JDK, NULLNESS);
    }

    @Test
    void theApplicationKnowsTheDomain() {
        onlyUses(APPLICATION, APPLICATION, DOMAIN, JDK, NULLNESS);
    }

    @Test
    void theJsonAdapterKnowsTheDomainAndJackson() {
        onlyUses(JSON, JSON, DOMAIN, JDK, NULLNESS, "com.fasterxml.jackson.core..");
    }

    @Test
    void theHttpAdapterKnowsHelidonAndNoOtherAdapter() {
        onlyUses(HTTP, HTTP, JSON, APPLICATION, DOMAIN, JDK, NULLNESS, "io.helidon..");
    }

    @Test
    void theSqliteAdapterKnowsJdbiAndNoOtherAdapter() {
        onlyUses(
                SQLITE,
                SQLITE,
                JSON,
                APPLICATION,
                DOMAIN,
                JDK,
                NULLNESS,
                "javax.sql..",
                "org.jdbi..",
                "org.sqlite..",
                "com.zaxxer.hikari..");
    }

    /** The driver is found by the JDK, so that nothing of ours knows it. */
    @Test
    void thePostgresAdapterKnowsJdbiAndNoOtherAdapter() {
        onlyUses(
                POSTGRES,
                POSTGRES,
                JSON,
                APPLICATION,
                DOMAIN,
                JDK,
                NULLNESS,
                "javax.sql..",
                "org.jdbi..",
                "com.zaxxer.hikari..");
    }

    @Test
    void theRedisAdapterKnowsJedisAndNoOtherAdapter() {
        onlyUses(
                REDIS,
                REDIS,
                APPLICATION,
                DOMAIN,
                JDK,
                NULLNESS,
                "javax.net.ssl..",
                "redis.clients.jedis..");
    }

    @Test
    void nobodyKnowsBootstrap() {
        check(noClasses()
                .that(resideOutsideOfPackages(BOOTSTRAP))
                .should()
                .dependOnClassesThat(resideInAPackage(BOOTSTRAP)));
    }

    @Test
    void conceptsHaveNoCycles() {
        for (String ring : List.of("domain", "application", "bootstrap")) {
            check(slices().matching("io.meterport." + ring + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .ignoreDependency(resideInAPackage("io.meterport.application.spi"), isValue()));
        }
        for (String adapter : List.of("json", "http", "sqlite", "postgres", "redis")) {
            check(slices().matching("io.meterport.adapters." + adapter + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true));
        }
    }

    @Test
    void timeAndChanceComeInFromOutside() {
        var inside = resideInAnyPackage(DOMAIN, APPLICATION, "io.meterport.adapters..");
        for (Class<?> clock : List.of(
                Instant.class,
                LocalDate.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                ZonedDateTime.class)) {
            check(noClasses().that(inside).should().callMethod(clock, "now"));
        }
        check(noClasses().that(inside).should().callMethod(System.class, "currentTimeMillis"));
        check(noClasses().that(inside).should().callMethod(UUID.class, "randomUUID"));
        check(noClasses().that(inside).should().callMethod(Math.class, "random"));
        check(noClasses().that(inside).should().dependOnClassesThat(oneOf(Clock.class)));
        check(noClasses()
                .that(inside)
                .should()
                .dependOnClassesThat(oneOf(Random.class, ThreadLocalRandom.class)));
    }

    @Test
    void numbersAreExactInDomainAndApplication() {
        var core = resideInAnyPackage(DOMAIN, APPLICATION);
        var inexact = new DescribedPredicate<JavaClass>("double or float") {
            @Override
            public boolean test(JavaClass type) {
                return type.isEquivalentTo(double.class)
                        || type.isEquivalentTo(float.class)
                        || type.isEquivalentTo(Double.class)
                        || type.isEquivalentTo(Float.class);
            }
        };
        check(noFields().that().areDeclaredInClassesThat(core).should().haveRawType(inexact));
        check(noMethods()
                .that()
                .areDeclaredInClassesThat(core)
                .should()
                .haveRawReturnType(inexact));
        check(noMethods()
                .that()
                .areDeclaredInClassesThat(core)
                .should()
                .haveRawParameterTypes(DescribedPredicate.describe(
                        "with a double or float", types -> types.stream().anyMatch(inexact))));
        check(noClasses()
                .that(core)
                .should()
                .dependOnClassesThat(oneOf(Double.class, Float.class)));
        check(noClasses()
                .that(core)
                .should()
                .callMethod(java.math.BigDecimal.class, "doubleValue"));
    }

    @Test
    void theCoreDoesNotLog() {
        check(noClasses()
                .that(resideInAnyPackage(DOMAIN, APPLICATION))
                .should()
                .dependOnClassesThat(oneOf(System.Logger.class)));
    }

    /** Whatever a portal route can reach, the operators' query is not among it. */
    @Test
    void thePortalsRoutesCannotReachTheOperatorsQuery() {
        List<JavaClass> portal = CLASSES.that(resideInAPackage(HTTP)).stream()
                .filter(type -> type.getSimpleName().contains("Portal"))
                .toList();

        assertThat(portal).isNotEmpty();
        assertThat(reachableFrom(portal)).doesNotContain(QueryUsage.class.getName());
    }

    @Test
    void portalUseCasesDoNotUseTheOperatorsQuery() {
        check(noClasses()
                .that(resideInAPackage("io.meterport.application.portal.."))
                .should()
                .dependOnClassesThat(oneOf(QueryUsage.class)));
    }

    /** Through calls and types, inside the HTTP adapter and the application. */
    private static Set<String> reachableFrom(List<JavaClass> roots) {
        Set<String> reached = new HashSet<>();
        Deque<JavaClass> next = new ArrayDeque<>(roots);
        while (!next.isEmpty()) {
            JavaClass type = next.pop();
            if (reached.add(type.getName())) {
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass())
                        .filter(target -> target.getName().startsWith("io.meterport."))
                        .forEach(next::push);
            }
        }
        return reached;
    }

    private static void onlyUses(String ring, String... allowed) {
        check(classes()
                .that(resideInAPackage(ring))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(isArrayOfPrimitives())));
    }

    /** A port may speak of the values of the concept that it serves. */
    private static DescribedPredicate<JavaClass> isValue() {
        return DescribedPredicate.describe("values", type -> type.isRecord() || type.isEnum());
    }

    private static DescribedPredicate<JavaClass> isArrayOfPrimitives() {
        return DescribedPredicate.describe(
                "primitives and arrays of them",
                type -> type.getBaseComponentType().isPrimitive());
    }

    private static DescribedPredicate<JavaClass> oneOf(Class<?>... types) {
        List<String> names = new ArrayList<>();
        for (Class<?> type : types) {
            names.add(type.getName());
        }
        return DescribedPredicate.describe(
                "one of " + names, type -> names.contains(type.getName()));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }
}
