package aramaki.scenarios;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What may depend on what, inside the modules; between them Maven says it.
class ArchitectureTest {
    private static final int CLASSES_AT_LEAST = 300;
    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("aramaki");

    @Test
    void theImportIsNotEmpty() {
        assertThat(ALL).hasSizeGreaterThan(CLASSES_AT_LEAST);
    }

    @Test
    void theModelKnowsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("aramaki.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("aramaki.model..", "java..", "org.jspecify..")
                .check(ALL);
    }

    @Test
    void conceptsOfTheServerKnowNoTechnology() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "aramaki.server.system",
                        "aramaki.server.observation",
                        "aramaki.server.alert",
                        "aramaki.server.timeline..",
                        "aramaki.server.agent",
                        "aramaki.server.access",
                        "aramaki.server.audit",
                        "aramaki.server.store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "aramaki.server.sql..",
                        "aramaki.server.api..",
                        "aramaki.server.web..",
                        "aramaki.server.ws..",
                        "aramaki.server.http..",
                        "java.sql..",
                        "org.jdbi..",
                        "io.javalin..",
                        "org.eclipse.jetty..")
                .check(ALL);
    }

    @Test
    void onlyTheWiringKnowsTheStores() {
        noClasses()
                .that()
                .resideOutsideOfPackages("aramaki.server.sql..", "aramaki.dist..")
                .and()
                .doNotHaveFullyQualifiedName("aramaki.server.Server")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("aramaki.server.sql..")
                .check(ALL);
    }

    @Test
    void theClientAndTheAgentDoNotKnowTheServer() {
        noClasses()
                .that()
                .resideInAnyPackage("aramaki.cli..", "aramaki.agent..", "aramaki.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("aramaki.server..")
                .check(ALL);
    }

    @Test
    void packagesOfTheAgentAreFreeOfCycles() {
        slices().matching("aramaki.agent.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void packagesOfTheProtocolAndTheModelAreFreeOfCycles() {
        slices().matching("aramaki.protocol.(*)..").should().beFreeOfCycles().check(ALL);
    }

    /// Agents and systems still know each other.
    @Test
    void packagesOfTheServerAreFreeOfCycles() {
        slices().matching("aramaki.server.(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        resideInAPackage("aramaki.server.system.."),
                        resideInAPackage("aramaki.server.agent.."))
                .check(ALL);
    }

    @Test
    void timeIsInjected() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(ALL);
    }
}
