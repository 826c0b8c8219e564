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
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.organization.OrganizationChanges;
import io.promptforge.dao.organization.OrganizationFilter;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.NewViolation;
import io.promptforge.dao.policy.PolicyChanges;
import io.promptforge.dao.policy.PolicyFilter;
import io.promptforge.dao.policy.ViolationFilter;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.PromptChanges;
import io.promptforge.dao.prompt.PromptFilter;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.UserChanges;
import io.promptforge.dao.user.UserFilter;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Role;
import io.promptforge.schema.type.SpanKind;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
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

    private static final UUID OTHER_ID = UUID.fromString("00000000-0000-7000-8000-000000000002");

    private static final List<Supplier<Object>> INPUTS = List.of(
            () -> NewProject.of("name"),
            ProjectChanges::none,
            ProjectFilter::all,
            () -> NewOrganization.of("name", "slug"),
            OrganizationChanges::none,
            OrganizationFilter::all,
            () -> NewUser.of("a@example.com", "name", Role.ADMIN, "password"),
            UserChanges::none,
            UserFilter::all,
            () -> NewPrompt.of(ID, "name"),
            () -> NewPromptVersion.of("template"),
            PromptChanges::none,
            PromptFilter::all,
            () -> NewTrace.of(ID, ID, "name", ExecutionStatus.SUCCESS, NOON),
            () -> NewSpan.of(OTHER_ID, "name", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON),
            TraceFilter::all,
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
            return on(input, sample());
        }

        Object on(Object input, @Nullable Object value) {
            try {
                return method.invoke(input, value);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new LinkageError(method.toString(), e);
            }
        }

        Object sample() {
            return method.getGenericParameterTypes()[0].getTypeName().contains("NewSpan")
                    ? List.of(NewSpan.of(ID, "name", SpanKind.LLM, ExecutionStatus.RUNNING, NOON))
                    : InputsTest.sample(method.getParameterTypes()[0]);
        }

        @Override
        public String toString() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName();
        }
    }

    static Stream<Setter> setters() {
        return INPUTS.stream()
                .flatMap(factory -> Arrays.stream(factory.get().getClass().getMethods())
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
        assertThat(input)
                .isEqualTo(setter.factory().get())
                .hasSameHashCodeAs(setter.factory().get());
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

        assertThat(ifPresent(input, setter.sample(), change)).isEqualTo(setter.on(input));
        assertThat(ifPresent(input, null, change)).isSameAs(input);
    }

    private static Object ifPresent(Object input, @Nullable Object value, BiFunction<Object, Object, Object> change) {
        try {
            return input.getClass()
                    .getMethod("ifPresent", Object.class, BiFunction.class)
                    .invoke(input, value, change);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("ifPresent", e);
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
            case "Instant" -> NOON.plusSeconds(1);
            case "Duration" -> Duration.ofSeconds(1);
            case "BigDecimal" -> new BigDecimal("0.5");
            case "List" -> List.of(TEXT);
            case "Json" -> Json.parse("{\"key\": \"" + TEXT + "\"}");
            case "Long" -> 2L;
            case "Integer", "int" -> 2;
            case "boolean", "Boolean" -> true;
            case "Double" -> 0.5;
            default -> throw new AssertionError("Add a sample of " + type + ".");
        };
    }
}
