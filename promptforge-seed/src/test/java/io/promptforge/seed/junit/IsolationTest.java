package io.promptforge.seed.junit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.promptforge.seed.Sql;
import io.promptforge.seed.testkit.DatabaseTemplate;
import io.promptforge.seed.testkit.TestDatabase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tests share a database, and which templates it has: the sample classes, and what is expected of each. */
class IsolationTest {
    /** A use of a database by a test. */
    private record Use(String by, String database, String templates) {}

    private static final Queue<Use> USES = new ConcurrentLinkedQueue<>();

    /** Called by the sample classes. */
    static void use(String by, TestDatabase database) {
        String templates = Sql.value(
                database.dataSource(),
                "SELECT coalesce(string_agg(' +' || relname, '' ORDER BY relname), '') FROM pg_class"
                        + " WHERE relname IN ('red', 'blue')");
        USES.add(new Use(by, database.name(), templates));
    }

    /**
     * Each line has a class, and the databases of its tests: who uses it, and the templates in it. Of equal ones there are
     * several.
     */
    static Stream<Arguments> samples() {
        return Stream.of(
                // nesting
                samples(NestedSamples.InPerMethod.class, "inside", "inside", "outer"),
                samples(NestedSamples.InPerClass.class, "inside inside outer"),
                samples(NestedSamples.InSharedReadOnly.class, "inside outer"),
                samples(NestedSamples.PerMethodInPerClass.class, "clean", "clean", "outer"),
                samples(NestedSamples.TemplateInPerClass.class, "clean +red", "clean +red", "outer"),
                samples(NestedSamples.PerMethodInSharedReadOnly.class, "clean", "outer"),
                samples(NestedSamples.PerClassInPerMethod.class, "inside inside", "outer", "outer"),
                samples(NestedSamples.PerClassInPerClass.class, "inside inside", "outer outer"),
                samples(NestedSamples.SharedReadOnlyInPerClass.class, "inside inside +blue", "outer"),
                samples(NestedSamples.KeepsTheTemplates.class, "inside inside +red", "outer +red"),
                samples(NestedSamples.HasOtherTemplates.class, "inside +blue", "outer +red"),
                samples(NestedSamples.Deep.class, "innermost", "inner", "middle outer"),
                samples(NestedSamples.BeforeEachOfTheOuter.class, "before inside", "before outer"),
                // inheritance
                samples(InheritedSamples.FirstOfTwo.class, "test test"),
                samples(InheritedSamples.SecondOfTwo.class, "test test"),
                samples(InheritedSamples.OverridesTheIsolation.class, "test test +red"),
                samples(InheritedSamples.OverridesTheTemplates.class, "test +blue", "test +blue"),
                samples(InheritedSamples.OverridesTwice.class, "test test +blue"),
                samples(InheritedSamples.OfAnInterface.class, "test test +red"),
                samples(InheritedSamples.OverridesAnInterface.class, "test +red", "test +red"),
                samples(InheritedSamples.OfAMetaAnnotation.class, "test test +red"),
                samples(InheritedSamples.OverridesAMetaAnnotation.class, "test +red", "test +red"),
                samples(InheritedSamples.OfTheBaseBeforeTheOuter.class, "inside +red", "inside +red", "outer"),
                // invocations
                samples(
                        InvocationSamples.PerMethod.class,
                        "factory factory",
                        "parameter",
                        "parameter",
                        "repeat",
                        "repeat"),
                samples(InvocationSamples.PerClass.class, "factory factory parameter parameter repeat repeat"),
                samples(InvocationSamples.ClassPerMethod.class, "inside", "inside", "test", "test"),
                samples(InvocationSamples.ClassPerClass.class, "inside test test", "inside test test"),
                samples(InvocationSamples.ClassSharedReadOnly.class, "test test +blue +red"),
                // instances
                samples(InvocationSamples.InstancePerClass.class, "test", "test"));
    }

    private static Arguments samples(Class<?> type, String... databases) {
        return arguments(type, List.of(databases));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void testsHaveTheDatabaseOfTheInnermostAnnotation(Class<?> sample, List<String> databases) {
        USES.clear();

        assertThat(TestRun.of(sample).failures()).isEmpty();

        assertThat(USES.stream().collect(groupingBy(Use::database)).values())
                .map(IsolationTest::description)
                .containsExactlyInAnyOrderElementsOf(databases);
    }

    private static String description(List<Use> uses) {
        return uses.stream().map(Use::by).sorted().collect(joining(" "))
                + uses.get(0).templates();
    }

    /** A template with a table of its name. */
    static class Red implements DatabaseTemplate {
        @Override
        public String key() {
            return "1";
        }

        @Override
        public void prepare(DataSource dataSource) {
            Sql.execute(dataSource, "CREATE TABLE red (id int)");
        }
    }

    /** Another one. */
    static class Blue implements DatabaseTemplate {
        @Override
        public String key() {
            return "1";
        }

        @Override
        public void prepare(DataSource dataSource) {
            Sql.execute(dataSource, "CREATE TABLE blue (id int)");
        }
    }
}
