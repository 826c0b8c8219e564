package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.evaluation.ComparisonFilter;
import io.promptforge.dao.evaluation.EvaluationChanges;
import io.promptforge.dao.evaluation.EvaluationFilter;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.evaluation.ResultFilter;
import io.promptforge.dao.evaluation.ResultOutcome;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.NewViolation;
import io.promptforge.dao.policy.PolicyChanges;
import io.promptforge.dao.policy.PolicyFilter;
import io.promptforge.dao.policy.ViolationFilter;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.PolicyType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller writes, edits and filters by is immutable, and equal by value; its setters are found by reflection. */
class InputsTest {
    private static final String TEXT = "some secret";
    private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private static final List<Supplier<Object>> INPUTS = List.of(
            () -> NewProject.of("name"),
            ProjectChanges::none,
            ProjectFilter::all,
            () -> NewEvaluation.of(ID, "name", EvaluationType.BIAS),
            () -> NewEvaluationResult.of("name", ResultOutcome.PASSED),
            EvaluationChanges::none,
            EvaluationFilter::all,
            ResultFilter::all,
            ComparisonFilter::all,
            () -> NewPolicy.of(ID, "name", PolicyType.COST),
            () -> NewViolation.of(ID, "type", "message", NOON),
            PolicyChanges::none,
            PolicyFilter::all,
            ViolationFilter::all);

    /** A setter, and the factory of the value that it is called on. */
    record Setter(Method method, Supplier<Object> factory) {
        Object on(Object input) {
            return on(input, sample(method.getParameterTypes()[0]));
        }

        Object on(Object input, @Nullable Object value) {
            try {
                return method.invoke(input, value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new AssertionError(method.toString(), e);
            }
        }

        @Override
        public String toString() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName();
        }
    }

    static Stream<Setter> setters() {
        return INPUTS.stream().flatMap(factory -> Arrays.stream(
                        factory.get().getClass().getMethods())
                .filter(method -> method.getReturnType() == method.getDeclaringClass())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 1)
                .map(method -> new Setter(method, factory)));
    }

    @ParameterizedTest
    @MethodSource("setters")
    void aSetterReturnsAnotherValueAndLeavesItsOwnUnchanged(Setter setter) {
        Object input = setter.factory().get();
        Object changed = setter.on(input);

        assertThat(changed).isNotEqualTo(input).isEqualTo(setter.on(input)).hasSameHashCodeAs(setter.on(input));
        assertThat(input).isEqualTo(setter.factory().get()).hasSameHashCodeAs(setter.factory().get());
    }

    @ParameterizedTest
    @MethodSource("setters")
    void theTextOfWhatIsWrittenHasNoValues(Setter setter) {
        Object changed = setter.on(setter.factory().get());

        if (Filters.isFilter(changed.getClass())) {
            assertThat(changed.toString()).isNotEqualTo(setter.factory().get().toString());
        } else {
            assertThat(changed.toString()).doesNotContain(TEXT);
        }
    }

    @ParameterizedTest
    @MethodSource("setters")
    void ifPresentAppliesAValueThatIsThere(Setter setter) {
        Object input = setter.factory().get();
        if (Arrays.stream(input.getClass().getMethods())
                .noneMatch(method -> method.getName().equals("ifPresent"))) {
            assertThat(input.getClass().getSimpleName()).startsWith("New");
            return;
        }
        BiFunction<Object, Object, Object> change = setter::on;

        assertThat(ifPresent(input, sample(setter.method().getParameterTypes()[0]), change))
                .isEqualTo(setter.on(input));
        assertThat(ifPresent(input, null, change)).isSameAs(input);
    }

    private static Object ifPresent(Object input, @Nullable Object value, BiFunction<Object, Object, Object> change) {
        try {
            return input.getClass()
                    .getMethod("ifPresent", Object.class, BiFunction.class)
                    .invoke(input, value, change);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object sample(Class<?> type) {
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), 1);
            Array.set(array, 0, sample(type.getComponentType()));
            return array;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[type.getEnumConstants().length - 1];
        }
        return switch (type.getSimpleName()) {
            case "String" -> TEXT;
            case "UUID" -> ID;
            case "Instant" -> Instant.EPOCH;
            case "Duration" -> Duration.ofSeconds(1);
            case "BigDecimal" -> new BigDecimal("0.5");
            case "Json" -> Json.parse("{\"key\": \"" + TEXT + "\"}");
            case "Long" -> 2L;
            case "Integer", "int" -> 2;
            case "boolean" -> true;
            default -> throw new AssertionError("Add a sample of " + type + ".");
        };
    }
}
