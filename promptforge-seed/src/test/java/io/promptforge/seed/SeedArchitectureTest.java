package io.promptforge.seed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.promptforge.seed", importOptions = ImportOption.DoNotIncludeTests.class)
class SeedArchitectureTest {
    @ArchTest
    static final ArchRule DEMO_DATA_GOES_THROUGH_THE_REPOSITORIES = noClasses()
            .that()
            .resideInAPackage("io.promptforge.seed.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.jooq..", "org.postgresql..", "io.promptforge.schema.jooq..");

    @ArchTest
    static final ArchRule DEMO_DATA_USES_NEITHER_THE_COMMAND_LINE_NOR_THE_EMBEDDED_SERVER = noClasses()
            .that()
            .resideInAPackage("io.promptforge.seed.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.promptforge.seed.cli..", "io.promptforge.postgres..", "picocli..");

    @ArchTest
    static final ArchRule FIXTURES_GO_THROUGH_THE_REPOSITORIES = noClasses()
            .that()
            .resideInAPackage("io.promptforge.seed.fixture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "org.jooq..",
                    "org.postgresql..",
                    "io.promptforge.schema.jooq..",
                    "io.promptforge.dao.internal..");

    @ArchTest
    static final ArchRule FIXTURES_USE_NEITHER_THE_COMMAND_LINE_NOR_THE_EMBEDDED_SERVER = noClasses()
            .that()
            .resideInAPackage("io.promptforge.seed.fixture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.promptforge.seed.cli..", "io.promptforge.postgres..", "picocli..");

    @ArchTest
    static final ArchRule FIXTURES_USE_NEITHER_DEMO_NOR_VOLUME_DATA = noClasses()
            .that()
            .resideInAPackage("io.promptforge.seed.fixture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.promptforge.seed.demo..", "io.promptforge.seed.volume..");

    @ArchTest
    static final ArchRule ONLY_THE_EXTENSION_USES_JUNIT = noClasses()
            .that()
            .resideOutsideOfPackages("io.promptforge.seed.junit..", "io.promptforge.seed.quarkus..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.opentest4j..", "io.promptforge.seed.junit..");

    @ArchTest
    static final ArchRule ONLY_DOCKER_CONTAINER_USES_TESTCONTAINERS = noClasses()
            .that()
            .haveNameNotMatching(".*\\.DockerContainer(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.testcontainers..");

    @ArchTest
    static final ArchRule ONLY_CLASSES_FOR_SPRING_USE_SPRING = noClasses()
            .that()
            .haveNameNotMatching(".*\\.junit\\.Spring(?!Tests)\\w+(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule ONLY_THE_TEST_RESOURCE_USES_QUARKUS = noClasses()
            .that()
            .resideOutsideOfPackage("io.promptforge.seed.quarkus..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.promptforge.seed.quarkus..");

    @ArchTest
    static final ArchRule THE_TEST_KIT_DOES_NOT_USE_THE_COMMAND_LINE = noClasses()
            .that()
            .resideInAnyPackage("io.promptforge.seed.testkit..", "io.promptforge.seed.junit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.promptforge.seed.cli..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_USES_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackage("io.promptforge.seed.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");
}
