package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.project.NewProject;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds for every public method of every repository. */
class EveryMethodTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated().pooled();

    private static final List<String> TABLES = DATABASE.query("""
            SELECT DISTINCT c.table_name FROM information_schema.columns c
            WHERE c.table_schema = 'promptforge' AND c.column_name = 'organization_id'
            AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = ('promptforge.' || c.table_name)::regclass)
            """);

    static List<EveryCall> calls() {
        return EveryCall.all();
    }

    @Test
    void allRepositoriesAreCovered() {
        assertThat(calls().stream().map(call -> call.accessor().getName()).distinct())
                .contains("users", "models", "projects", "prompts", "evaluations", "policies", "violations", "traces");
        assertThat(TABLES).hasSizeGreaterThanOrEqualTo(13);
    }

    /** Otherwise the calls below would fail for other reasons than the tenant. */
    @ParameterizedTest
    @MethodSource("calls")
    void theTenantThatOwnsTheIdsSucceeds(EveryCall call) {
        Belongings own = new Belongings(DATABASE.newTenant());
        Object[] arguments = Arguments.of(call, own);

        assertThatCode(() -> {
                    Object result = call.on(own.tenant, arguments);
                    if (namesAnything(call) && result != null) {
                        assertThat(isNothing(result))
                                .as("%s; does it need another row than Arguments gives?", result)
                                .isFalse();
                    }
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void withTheIdsOfAnotherTenantNothingIsReadChangedOrRevealed(EveryCall call) {
        Belongings theirs = new Belongings(DATABASE.newTenant());
        TestTenant mine = DATABASE.newTenant();
        List<String> theirRows = rows(theirs.fixture);
        List<String> myRows = rows(mine);

        Object[] arguments = Arguments.of(call, theirs);
        Throwable failure = catchThrowable(() -> {
            Object result = call.on(mine.tenant(), arguments);
            if (namesAnything(call)) {
                assertThat(isNothing(result)).as("%s", result).isTrue();
            } else {
                assertThat(String.valueOf(result))
                        .doesNotContain(
                                theirs.ids().stream().map(UUID::toString).toList());
            }
        });

        assertThat(failure).satisfiesAnyOf(none -> assertThat(none).isNull(), e -> assertThat(e)
                .isInstanceOfAny(NotFoundException.class, InvalidReferenceException.class));
        assertThat(rows(theirs.fixture)).isEqualTo(theirRows);
        if (namesAnything(call)) {
            assertThat(rows(mine)).isEqualTo(myRows);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nullIsRefusedByTheNameOfTheParameterAndChangesNothing(EveryCall call) {
        Belongings own = new Belongings(DATABASE.newTenant());
        Object[] arguments = Arguments.of(call, own);
        List<String> before = rows(own.fixture);
        Parameter[] parameters = call.method().getParameters();

        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].getType().isPrimitive() && !isNullable(parameters[i])) {
                Object[] withNull = arguments.clone();
                withNull[i] = null;
                assertThatThrownBy(() -> call.on(own.tenant, withNull))
                        .as("null for %s", parameters[i].getName())
                        .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                                .isNotBlank());
            }
        }
        assertThat(rows(own.fixture)).isEqualTo(before);
    }

    /** Except for failed reads, after which PostgreSQL refuses all further statements. */
    @ParameterizedTest
    @MethodSource("calls")
    void aFailureLeavesTheTransactionOfTheCallerUsable(EveryCall call) {
        Belongings theirs = new Belongings(DATABASE.newTenant());
        TestTenant mine = DATABASE.newTenant();
        Object[] arguments = Arguments.of(call, theirs);

        String name = mine.tenant().transaction(tx -> {
            Throwable failure = catchThrowable(() -> call.on(tx, arguments));
            assertThat(failure).satisfiesAnyOf(none -> assertThat(none).isNull(), e -> assertThat(e)
                    .isInstanceOfAny(
                            NotFoundException.class, InvalidReferenceException.class, AlreadyExistsException.class));
            return tx.projects().create(NewProject.of("after")).name();
        });

        assertThat(mine.tenant().projects().findByName(name)).isPresent();
    }

    private static boolean isNullable(Parameter parameter) {
        return parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Whether the arguments name something of the tenant: by its id, its name, or an id in what is to be made. */
    private static boolean namesAnything(EveryCall call) {
        return Arrays.stream(call.method().getGenericParameterTypes())
                .map(Type::getTypeName)
                .anyMatch(type -> type.contains("UUID")
                        || type.equals("java.lang.String")
                        || Samples.INPUTS.stream()
                                .filter(input -> type.contains(input.getName()))
                                .anyMatch(EveryMethodTest::namesAnything));
    }

    /** Whether what is written has a reference, or the filter is set to a project. */
    private static boolean namesAnything(Class<?> input) {
        return Filters.isFilter(input)
                ? Samples.setters(input).stream()
                        .anyMatch(setter -> setter.getName().equals("projectId"))
                : Samples.setters(input).stream().anyMatch(setter -> setter.getParameterTypes()[0] == UUID.class);
    }

    /** Empty, false, zero, or made of nothing else. */
    private static boolean isNothing(@Nullable Object result) {
        if (result == null) {
            return true;
        }
        if (result instanceof Optional<?> optional) {
            return optional.isEmpty();
        }
        if (result instanceof OptionalLong optional) {
            return optional.isEmpty();
        }
        if (result instanceof Page<?> page) {
            return page.items().isEmpty();
        }
        if (result instanceof Collection<?> collection) {
            return collection.isEmpty();
        }
        if (result instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(EveryMethodTest::isNothing);
        }
        if (result instanceof Number number) {
            return number.doubleValue() == 0;
        }
        if (result instanceof Boolean truth) {
            return !truth;
        }
        return result instanceof Record record
                && Arrays.stream(record.getClass().getRecordComponents())
                        .allMatch(component -> isNothing(valueOf(component, record)));
    }

    private static Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }

    /** A digest of all rows of the tenant, by table. */
    private static List<String> rows(TestTenant tenant) {
        String digests = TABLES.stream()
                .map(table ->
                        "SELECT '%1$s ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM promptforge.%1$s t WHERE organization_id = '%2$s'"
                                .formatted(table, tenant.organization().id()))
                .reduce((one, other) -> one + " UNION ALL " + other)
                .orElseThrow();
        return DATABASE.query(digests);
    }
}
