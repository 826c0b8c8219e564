package io.promptforge.dao.evaluation;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.EvaluationStatus;
import io.promptforge.schema.type.EvaluationType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method refuses null by name; found by reflection, so that a new method is included. */
class EvaluationNullsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(UUID.class, UUID.randomUUID()),
            Map.entry(Instant.class, NOON),
            Map.entry(String.class, "text"),
            Map.entry(List.class, List.of()),
            Map.entry(Collection.class, List.of()),
            Map.entry(BigDecimal.class, BigDecimal.ONE),
            Map.entry(Json.class, Json.emptyObject()),
            Map.entry(PageRequest.class, PageRequest.first()),
            Map.entry(NewEvaluation.class, NewEvaluation.of(UUID.randomUUID(), "n", EvaluationType.BIAS)),
            Map.entry(EvaluationChanges.class, EvaluationChanges.none()),
            Map.entry(EvaluationFilter.class, EvaluationFilter.all()),
            Map.entry(EvaluationOrder.class, EvaluationOrder.NEWEST_FIRST),
            Map.entry(EvaluationType.class, EvaluationType.BIAS),
            Map.entry(EvaluationType[].class, new EvaluationType[0]),
            Map.entry(EvaluationStatus[].class, new EvaluationStatus[0]),
            Map.entry(ResultOutcome[].class, new ResultOutcome[0]),
            Map.entry(ComparisonOutcome[].class, new ComparisonOutcome[0]),
            Map.entry(ResultFilter.class, ResultFilter.all()),
            Map.entry(ResultOrder.class, ResultOrder.BEST_FIRST),
            Map.entry(ComparisonFilter.class, ComparisonFilter.all()),
            Map.entry(Duration.class, Duration.ZERO));

    private final TestTenant fixture = DATABASE.newTenant();

    /** The methods of the repository, its filters and its edits. */
    static Stream<Method> methods() {
        return Stream.of(
                        EvaluationRepository.class,
                        EvaluationFilter.class,
                        ResultFilter.class,
                        ComparisonFilter.class,
                        EvaluationChanges.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !List.of("equals", "ifPresent").contains(method.getName()))
                .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(type -> !type.isPrimitive()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aNullArgumentIsRefusedByName(Method method) {
        Parameter[] parameters = method.getParameters();
        for (int missing = 0; missing < parameters.length; missing++) {
            if (parameters[missing].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                continue;
            }
            List<@Nullable Object> arguments = new ArrayList<>();
            Stream.of(parameters).forEach(parameter -> arguments.add(sample(parameter)));
            arguments.set(missing, null);

            assertThatThrownBy(() -> call(method, arguments))
                    .as("%s without its parameter %d", method.getName(), missing + 1)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageEndingWith("is null. Give a value.");
        }
    }

    private void call(Method method, List<@Nullable Object> arguments) throws Throwable {
        try {
            method.invoke(receiver(method), arguments.toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private @Nullable Object receiver(Method method) {
        return Modifier.isStatic(method.getModifiers())
                ? null
                : method.getDeclaringClass() == EvaluationRepository.class
                        ? fixture.tenant().evaluations()
                        : SAMPLES.get(method.getDeclaringClass());
    }

    private static Object sample(Parameter parameter) {
        return Objects.requireNonNull(SAMPLES.get(parameter.getType()), parameter::toString);
    }
}
