package io.promptforge.schema;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The public types do not expose Flyway, jOOQ or the driver. */
@AnalyzeClasses(packages = "io.promptforge.schema", importOptions = ImportOption.DoNotIncludeTests.class)
class SchemaArchitectureTest {

    private static final String GENERATED = "io.promptforge.schema.jooq..";

    @ArchTest
    static final ArchRule noLibraryShowsInASignature = classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackages(GENERATED, "..internal..")
            .should(nameNoneOf("org.flywaydb", "org.jooq", "org.postgresql", "org.slf4j", "java.sql"));

    @ArchTest
    static final ArchRule migrationsDoNotUseTheGeneratedRecords = noClasses()
            .that()
            .resideOutsideOfPackage(GENERATED)
            .should()
            .dependOnClassesThat(resideInAPackage(GENERATED).or(resideInAPackage("org.jooq..")));

    @ArchTest
    static final ArchRule nothingNeedsTheEmbeddedServer =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.promptforge.postgres..");

    @ArchTest
    static final ArchRule publicTypesAreNotForExtension = classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackage(GENERATED)
            .should()
            .haveModifier(JavaModifier.FINAL)
            .orShould(beInterfaces());

    private static ArchCondition<JavaClass> beInterfaces() {
        return ArchCondition.from(describe("be interfaces", JavaClass::isInterface));
    }

    private static ArchCondition<JavaClass> nameNoneOf(String... libraries) {
        return new ArchCondition<>("name no type of " + String.join(", ", libraries) + " in a visible signature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMembers().stream()
                        .filter(SchemaArchitectureTest::isVisible)
                        .forEach(member -> member.getAllInvolvedRawTypes().stream()
                                .map(JavaClass::getName)
                                .filter(name -> startsWithAny(name, libraries))
                                .forEach(name -> events.add(SimpleConditionEvent.violated(
                                        member, member.getFullName() + " names " + name))));
            }
        };
    }

    private static boolean startsWithAny(String name, String... prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix + ".")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }
}
