package io.promptforge.seed.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.testkit.DatabaseTemplate;
import io.promptforge.seed.testkit.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields and parameters of constructors; and what is refused, with advice. */
@SuppressWarnings("NullAway") // fields are provided, or not on purpose
class ProvidedTest {
    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(Constructor.class, 2),
                arguments(Fields.class, 3),
                arguments(FieldsPerClass.class, 2),
                arguments(ConstructorOfTheInstancePerClass.class, 1));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void fieldsAndConstructorsHaveTheDatabaseOfTheTest(Class<?> sample, int tests) {
        TestRun run = TestRun.of(sample);

        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(tests);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(BeforeAllPerMethod.class, "tooEarly", "isolation = Isolation.PER_CLASS"),
                refused(InstancePerClass.class, "InstancePerClass(", "isolation = Isolation.PER_CLASS"),
                refused(FieldOfTheInstancePerClass.class, "tenant", "isolation = Isolation.PER_CLASS"),
                refused(BeforeAllOfInvocations.class, "tooEarly", "@BeforeParameterizedClassInvocation"),
                refused(StaticField.class, "StaticField.tenant", "instance field that is not final"),
                refused(FinalField.class, "FinalField.tenant", "instance field that is not final"),
                refused(FieldOfAnotherType.class, "FieldOfAnotherType.number", "TestDatabase, DataSource"),
                refused(UrlOfAnotherType.class, "UrlOfAnotherType.url", "@JdbcUrl String"),
                refused(UnmarkedString.class, "No ParameterResolver registered"),
                refused(
                        NullKey.class,
                        "Template " + WithoutKey.class.getName(),
                        "key() returned null",
                        "ClasspathHash"),
                refused(FailingKey.class, "Template " + WithFailingKey.class.getName(), "no such folder"),
                refused(NoConstructor.class, "Template " + WithParameter.class.getName(), "without parameters"),
                refused(AbstractTemplate.class, "Template " + Abstract.class.getName(), "not abstract"),
                refused(FailingConstructor.class, "Template " + WithFailingConstructor.class.getName(), "on purpose"));
    }

    private static Arguments refused(Class<?> sample, String... parts) {
        return arguments(sample, List.of(parts));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeProvidedIsRefusedWithAdvice(Class<?> sample, List<String> message) {
        assertThat(TestRun.of(sample).failures())
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).hasStackTraceContaining(message.get(0)))
                .allSatisfy(failure -> assertThat(message)
                        .allSatisfy(part -> assertThat(failure).hasStackTraceContaining(part)))
                .noneMatch(NullPointerException.class::isInstance);
    }

    @PromptForgeTest
    static class Constructor {
        private final Fixtures fixtures;
        private final TestDatabase database;

        Constructor(Fixtures fixtures, TestDatabase database) {
            this.fixtures = fixtures;
            this.database = database;
        }

        @RepeatedTest(2)
        void hasTheDatabaseOfTheTest(TestDatabase ofTheTest) {
            assertThat(ofTheTest).isSameAs(database);
            fixtures.project().create();
            assertThat(fixtures.tenant().projects().count(ProjectFilter.all())).isEqualTo(1);
        }
    }

    @PromptForgeTest
    abstract static class BaseWithField {
        @Provided
        TestDatabase database;
    }

    static class Fields extends BaseWithField {
        @Provided
        private Tenant tenant;

        @Provided
        DataSource dataSource;

        @Provided
        PromptForge forge;

        @JdbcUrl
        String url;

        @RepeatedTest(2)
        void haveTheDatabaseOfTheTest(Fixtures fixtures) {
            assertThat(tenant).isSameAs(database.tenant()).isSameAs(fixtures.tenant());
            assertThat(url).isEqualTo(database.jdbcUrl());
            assertThat(forge.organizations().find(tenant.organizationId())).isPresent();
            fixtures.project().create();
            assertThat(tenant.projects().count(ProjectFilter.all())).isEqualTo(1);
        }

        @Nested
        class Inside {
            @Provided
            Tenant ofTheNested;

            @Test
            void outerAndNestedFieldsHaveOneDatabase() {
                assertThat(ofTheNested).isSameAs(tenant);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class FieldsPerClass {
        static TestDatabase shared;

        @Provided
        TestDatabase database;

        @BeforeAll
        static void share(TestDatabase ofTheClass) {
            shared = ofTheClass;
        }

        @RepeatedTest(2)
        void haveTheDatabaseOfTheClass() {
            assertThat(database).isSameAs(shared);
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class ConstructorOfTheInstancePerClass {
        private final TestDatabase database;

        ConstructorOfTheInstancePerClass(TestDatabase database) {
            this.database = database;
        }

        @Test
        void hasTheDatabaseOfTheClass(TestDatabase ofTheTest) {
            assertThat(ofTheTest).isSameAs(database);
        }
    }

    @PromptForgeTest
    static class BeforeAllPerMethod {
        @BeforeAll
        static void tooEarly(TestDatabase database) {}

        @Test
        void never() {}
    }

    @PromptForgeTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class InstancePerClass {
        InstancePerClass(TestDatabase database) {}

        @Test
        void never() {}
    }

    @PromptForgeTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class FieldOfTheInstancePerClass {
        @Provided
        Tenant tenant;

        @Test
        void never() {}
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    @ParameterizedClass
    @ValueSource(ints = 1)
    static class BeforeAllOfInvocations {
        BeforeAllOfInvocations(int number) {}

        @BeforeAll
        static void tooEarly(TestDatabase database) {}

        @Test
        void never() {}
    }

    @PromptForgeTest
    static class StaticField {
        @Provided
        static Tenant tenant;

        @Test
        void never() {}
    }

    @PromptForgeTest
    static class FinalField {
        @Provided
        final Tenant tenant = null;

        @Test
        void never() {}
    }

    @PromptForgeTest
    static class FieldOfAnotherType {
        @Provided
        Integer number;

        @Test
        void never() {}
    }

    @PromptForgeTest
    static class UrlOfAnotherType {
        @JdbcUrl
        DataSource url;

        @Test
        void never() {}
    }

    @PromptForgeTest
    static class UnmarkedString {
        @Test
        void never(String unmarked) {}
    }

    @PromptForgeTest
    @QuarkusTest
    static class OfQuarkus {
        @Test
        void never(Tenant tenant) {}
    }

    @PromptForgeTest(templates = WithoutKey.class)
    static class NullKey {
        @Test
        void never(TestDatabase database) {}
    }

    @PromptForgeTest(templates = WithFailingKey.class)
    static class FailingKey {
        @Test
        void never(TestDatabase database) {}
    }

    @PromptForgeTest(templates = WithParameter.class)
    static class NoConstructor {
        @Test
        void never(TestDatabase database) {}
    }

    @PromptForgeTest(templates = Abstract.class)
    static class AbstractTemplate {
        @Test
        void never(TestDatabase database) {}
    }

    @PromptForgeTest(templates = WithFailingConstructor.class)
    static class FailingConstructor {
        @Test
        void never(TestDatabase database) {}
    }

    abstract static class Empty implements DatabaseTemplate {
        @Override
        public String key() {
            return "1";
        }

        @Override
        public void prepare(DataSource dataSource) {}
    }

    static class WithoutKey extends Empty {
        @Override
        public String key() {
            return null;
        }
    }

    static class WithFailingKey extends Empty {
        @Override
        public String key() {
            throw new IllegalArgumentException("no such folder");
        }
    }

    static class WithParameter extends Empty {
        WithParameter(String parameter) {}
    }

    abstract static class Abstract extends Empty {}

    static class WithFailingConstructor extends Empty {
        WithFailingConstructor() {
            throw new IllegalStateException("on purpose");
        }
    }
}
