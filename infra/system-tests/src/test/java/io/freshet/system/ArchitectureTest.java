package io.freshet.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The boundaries between modules and packages. Each rule says how to mend what breaks it. */
class ArchitectureTest {

    private static final List<String> MODULES =
            List.of(
                    "contracts",
                    "tracing",
                    "cache-engine",
                    "source-settings",
                    "api-service",
                    "cdc-connector",
                    "invalidation-stream",
                    "warmer-worker",
                    "infra/servers",
                    "infra/local",
                    "infra/check");

    private static final String[] SERVER_SIDE = {
        "io.freshet.contracts..",
        "io.freshet.tracing..",
        "io.freshet.engine..",
        "io.freshet.settings..",
        "io.freshet.api..",
        "io.freshet.cdc..",
        "io.freshet.stream..",
        "io.freshet.warmer.."
    };

    private static JavaClasses product;

    @BeforeAll
    static void readClassFiles() {
        List<Path> directories =
                MODULES.stream()
                        .map(module -> Path.of("../..", module, "target", "classes"))
                        .toList();
        assertThat(directories)
                .as("compiled modules: run mvn with -am, so that they are compiled first")
                .allMatch(Files::isDirectory);
        product = new ClassFileImporter().importPaths(directories);
    }

    @Test
    void shouldKeepContractsSmall() {
        check(
                classes()
                        .that()
                        .resideInAPackage("io.freshet.contracts..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "io.freshet.contracts..",
                                "java..",
                                "javax.crypto..",
                                "tools.jackson..",
                                "com.fasterxml.jackson.annotation..",
                                "org.apache.kafka..",
                                "org.jspecify..")
                        .because(
                                "everyone depends on contracts: move what needs more than the JDK,"
                                        + " Jackson and kafka-clients into the module that needs"
                                        + " it"));
    }

    @Test
    void shouldKeepSpringOutOfTheEngine() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage("io.freshet.engine..", "io.freshet.contracts..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.springframework..")
                        .because(
                                "the engine is used and tested without a container: pass in what it"
                                        + " needs, and wire it in the service"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Redis | io.lettuce.. | io.freshet.engine.redis..",
                "Kafka | org.apache.kafka.. | io.freshet.engine.log..",
                "HTTP  | reactor.netty..,java.net.http.. | io.freshet.engine.source.http..",
                "JDBC  | java.sql..,javax.sql..,org.postgresql..,com.zaxxer.. |"
                        + " io.freshet.engine.source..,io.freshet.engine.namespace.."
            })
    void shouldTouchEachServerFromOnePackageOfTheEngine(
            String server, String clients, String packages) {
        check(
                noClasses()
                        .that(
                                resideInAPackage("io.freshet.engine..")
                                        .and(not(resideInAnyPackage(packages.split(",")))))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(clients.split(","))
                        .because(
                                ("the protocol must not know %s's client: put an interface into the"
                                                + " package that needs it and implement it in %s")
                                        .formatted(server, packages)));
    }

    @Test
    void shouldKnowLettuceInTheEngineOnly() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("io.freshet.engine.redis..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.lettuce..")
                        .because(
                                "what talks to Redis beside io.freshet.engine.redis knows neither"
                                        + " its key layout nor its scripts: add what is missing to"
                                        + " a class there and call that"));
    }

    @Test
    void shouldKnowOpenTelemetryInOneModuleOnly() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("io.freshet.tracing..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.opentelemetry..")
                        .because(
                                "what is traced tells io.freshet.contracts.trace, so that the"
                                        + " engine knows no tracing library"));
    }

    @Test
    void shouldKeepTracingOutOfTheProtocol() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "io.freshet.engine.freshness..",
                                "io.freshet.stream.routing..",
                                "io.freshet.stream.expansion..",
                                "io.freshet.cdc.visibility..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.freshet.contracts.trace..")
                        .because(
                                "what decides is not traced: tell the tracer where the record is"
                                        + " read or sent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "cdc", "stream", "warmer"})
    void shouldKeepServicesApart(String service) {
        String[] others =
                List.of("api", "cdc", "stream", "warmer").stream()
                        .filter(other -> !other.equals(service))
                        .map(other -> "io.freshet." + other + "..")
                        .toArray(String[]::new);
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.freshet." + service + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(others)
                        .because(
                                "services talk through topics: move what two of them say to each"
                                        + " other into contracts, and what both do with entries"
                                        + " into cache-engine"));
    }

    @Test
    void shouldDependDownwardsOnly() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "io.freshet.contracts..",
                                "io.freshet.engine..",
                                "io.freshet.settings..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.freshet.api..",
                                "io.freshet.cdc..",
                                "io.freshet.stream..",
                                "io.freshet.warmer..",
                                "io.freshet.infra..")
                        .because("the services stand on the engine: invert it with an interface"));
    }

    @Test
    void shouldCheckWithoutTheCodeThatIsChecked() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.freshet.infra.check..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SERVER_SIDE)
                        .because(
                                "a checker that shares code with the services shares its mistakes:"
                                        + " ask them as a client does"));
    }

    @Test
    void shouldHaveNoCyclesOfPackages() {
        slices().matching("io.freshet.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .because(
                        "packages that need each other are one package: move the class that both"
                                + " need to where it belongs, or let the lower one declare an"
                                + " interface")
                .check(product);
    }

    @Test
    void shouldLogThroughSlf4j() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..")
                        .because("logs go one way: use org.slf4j.Logger"));
    }

    @Test
    void shouldNotPrint() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(SERVER_SIDE)
                        .should(ACCESS_STANDARD_STREAMS)
                        .because("a service's output is its log: use org.slf4j.Logger"));
    }

    @Test
    void shouldNameClassesAfterWhatTheyAre() {
        check(
                noClasses()
                        .should()
                        .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl)(\\$.*)?")
                        .because(
                                "such a name says that the thing is in the wrong place: move the"
                                        + " method to the class whose data it reads, or name the"
                                        + " class after what it is"));
    }

    private static void check(ArchRule rule) {
        rule.check(product);
    }
}
