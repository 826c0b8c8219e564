package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.project.NewProject;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds for every public method of every repository. */
class EveryMethodTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    static List<EveryCall> calls() {
        return EveryCall.all();
    }

    @Test
    void allRepositoriesAreCovered() {
        assertThat(calls().stream().map(call -> call.accessor().getName()).distinct())
                .contains("users", "models", "projects", "prompts", "evaluations", "policies", "violations", "traces");
        assertThat(CallEffects.tables(DATABASE)).hasSizeGreaterThanOrEqualTo(13);
    }

    /** Otherwise the calls below would fail for other reasons than the tenant. */
    @ParameterizedTest
    @MethodSource("calls")
    void theTenantThatOwnsTheIdsSucceeds(EveryCall call) {
        Belongings own = new Belongings(DATABASE.newTenant());
        Object[] arguments = Arguments.of(call, own);

        assertThatCode(() -> {
                    Object result = call.on(own.tenant, arguments);
                    if (CallEffects.namesAnything(call) && result != null) {
                        assertThat(CallEffects.isNothing(result))
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
        List<String> theirRows = CallEffects.rows(DATABASE, theirs.fixture);
        List<String> myRows = CallEffects.rows(DATABASE, mine);

        Object[] arguments = Arguments.of(call, theirs);
        Throwable failure = catchThrowable(() -> {
            Object result = call.on(mine.tenant(), arguments);
            if (CallEffects.namesAnything(call)) {
                assertThat(CallEffects.isNothing(result)).as("%s", result).isTrue();
            } else {
                assertThat(String.valueOf(result))
                        .doesNotContain(
                                theirs.ids().stream().map(UUID::toString).toList());
            }
        });

        assertThat(failure).satisfiesAnyOf(none -> assertThat(none).isNull(), e -> assertThat(e)
                .isInstanceOfAny(NotFoundException.class, InvalidReferenceException.class));
        assertThat(CallEffects.rows(DATABASE, theirs.fixture)).isEqualTo(theirRows);
        if (CallEffects.namesAnything(call)) {
            assertThat(CallEffects.rows(DATABASE, mine)).isEqualTo(myRows);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nullIsRefusedByTheNameOfTheParameterAndChangesNothing(EveryCall call) {
        Belongings own = new Belongings(DATABASE.newTenant());
        Object[] arguments = Arguments.of(call, own);
        List<String> before = CallEffects.rows(DATABASE, own.fixture);
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
        assertThat(CallEffects.rows(DATABASE, own.fixture)).isEqualTo(before);
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
}
