package io.promptforge.dao;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.input.Input;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** What the design says of packages, visibility and signatures. */
@AnalyzeClasses(packages = "io.promptforge.dao", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ENTRY_POINT = "io.promptforge.dao";
    private static final String[] INTERNAL = {
        "io.promptforge.dao.internal..", "io.promptforge.dao.model.naming", "io.promptforge.dao.trace.ingest"
    };
    private static final String GENERATED = "io.promptforge.schema.jooq..";

    /** What works with jOOQ: repositories, their mappers and batches, and what is shared by them. */
    private static final DescribedPredicate<JavaClass> IMPLEMENTATION = describe(
            "implementations",
            type -> outermost(type).getSimpleName().matches("Jooq.*|.*Rows|.*List|.*Batch|.*Columns?")
                    || resideInAnyPackage(INTERNAL).test(type));

    /** The implementations that the entry point creates, which are public because Java has no way to share with one package. */
    private static final String CREATED_BY_THE_ENTRY_POINT = ".*\\.Jooq(\\w+Repository|Maintenance|Logins)";

    private static final DescribedPredicate<JavaClass> API = describe(
            "the API",
            type -> Signatures.isVisible(type)
                    && !resideInAnyPackage(INTERNAL).test(type)
                    && !outermost(type).getSimpleName().startsWith("Jooq"));

    @ArchTest
    static final ArchRule implementationsArePackagePrivate = classes()
            .that()
            .haveNameMatching(".*\\.(Jooq\\w*|\\w+Rows|\\w+(?<!Price)List|\\w+Batch|\\w+Columns?)")
            .and()
            .resideOutsideOfPackages(INTERNAL)
            .and()
            .haveNameNotMatching(CREATED_BY_THE_ENTRY_POINT)
            .should()
            .bePackagePrivate();

    /** A clock that jumps must not make it wait, hurry or give up. */
    @ArchTest
    static final ArchRule theRecorderHasNoClockThatCanJump = noClasses()
            .that()
            .resideInAPackage("..trace.recorder..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule onlyTheEntryPointUsesPublicImplementations = classes()
            .that()
            .haveNameMatching(CREATED_BY_THE_ENTRY_POINT)
            .should(beUsedOnlyByTheEntryPointAndTheirFeature());

    @ArchTest
    static final ArchRule signaturesNameNothingInternal = classes()
            .that(API)
            .should(Signatures.nameNone(describe(
                    "internal types or implementations",
                    type -> resideInAnyPackage(INTERNAL).test(type)
                            || type.getName().matches(CREATED_BY_THE_ENTRY_POINT))));

    @ArchTest
    static final ArchRule signaturesNameNoLibrary = classes()
            .that(API)
            .should(Signatures.nameNone(describe("jOOQ, Flyway, Jackson or pgjdbc", type -> type.getName()
                    .matches("(org\\.jooq|org\\.flywaydb|com\\.fasterxml|org\\.postgresql)\\..*"))));

    @ArchTest
    static final ArchRule signaturesNameNoJdbcButTheDataSourceAndTheConnection = classes()
            .that(API)
            .should(Signatures.nameNone(describe(
                    "JDBC",
                    type -> type.getName().matches("javax?\\.sql\\..*")
                            && !List.of("javax.sql.DataSource", "java.sql.Connection")
                                    .contains(type.getName()))));

    @ArchTest
    static final ArchRule featuresDoNotDependOnEachOtherInCircles =
            slices().matching("io.promptforge.dao.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyImplementationsUseGeneratedRecords = noClasses()
            .that(DescribedPredicate.not(IMPLEMENTATION))
            .should()
            .dependOnClassesThat(resideInAPackage(GENERATED));

    @ArchTest
    static final ArchRule onlyImplementationsUseJooq = noClasses()
            .that(DescribedPredicate.not(IMPLEMENTATION))
            .should()
            .dependOnClassesThat(resideInAPackage("org.jooq.."));

    @ArchTest
    static final ArchRule nothingPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nothingSleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule nothingUsesTheOldDates = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Date|Calendar|GregorianCalendar)|java\\.sql\\.(Date|Timestamp)");

    @ArchTest
    static final ArchRule nothingNeedsTheEmbeddedServer =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.promptforge.postgres..");

    @ArchTest
    static final ArchRule everyFailureIsOfOneFamily =
            classes().that().areAssignableTo(Throwable.class).should().beAssignableTo(PromptForgeException.class);

    @ArchTest
    static final ArchRule theApiIsNotForExtension = classes()
            .that(API)
            .and()
            .areNotAssignableTo(PromptForgeException.class)
            .and()
            .doNotBelongToAnyOf(Input.class)
            .should()
            .haveModifier(FINAL)
            .orShould()
            .beInterfaces();

    @ArchTest
    static final ArchRule valuesThatACallerWritesAreInputs = classes()
            .that(API)
            .and()
            .haveNameMatching(".*\\.(New[A-Z]\\w*|\\w+(Changes|Filter|Settings))")
            .should()
            .beAssignableTo(Input.class);

    @ArchTest
    static final ArchRule repositoriesAreInterfaces = classes()
            .that(API)
            .and()
            .haveSimpleNameEndingWith("Repository")
            .should()
            .beInterfaces();

    private static ArchCondition<JavaClass> beUsedOnlyByTheEntryPointAndTheirFeature() {
        return new ArchCondition<>("be used only by the entry point and their feature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesToSelf().stream()
                        .filter(use ->
                                !(use.getOriginClass().getPackageName() + ".").startsWith(type.getPackageName() + "."))
                        .filter(use -> !use.getOriginClass().getPackageName().equals(ENTRY_POINT))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(use, use.getDescription())));
            }
        };
    }

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }
}
