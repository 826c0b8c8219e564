package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.promptforge.dao.evaluation.ComparisonFilter;
import io.promptforge.dao.evaluation.EvaluationChanges;
import io.promptforge.dao.evaluation.EvaluationFilter;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.evaluation.ResultFilter;
import io.promptforge.dao.evaluation.ResultOutcome;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.maintenance.MaintenanceSettings;
import io.promptforge.dao.model.AiModelChanges;
import io.promptforge.dao.model.CatalogueModel;
import io.promptforge.dao.model.CatalogueProvider;
import io.promptforge.dao.model.ModelCapability;
import io.promptforge.dao.model.ModelFilter;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.ModelProviderChanges;
import io.promptforge.dao.model.ModelProviderFilter;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewModelProvider;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan;
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
import io.promptforge.dao.trace.TraceOutcome;
import io.promptforge.dao.trace.recorder.TraceRecorderSettings;
import io.promptforge.dao.user.Lockout;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.UserChanges;
import io.promptforge.dao.user.UserFilter;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.ProviderType;
import io.promptforge.schema.type.Role;
import io.promptforge.schema.type.SpanKind;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input is immutable, equal by value, and shows no content; the setters are found by reflection. */
class InputsTest {
    private static final String TEXT = "some secret";
    private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private static final UUID OTHER_ID = UUID.fromString("00000000-0000-7000-8000-000000000002");

    private static final List<Supplier<Input<?>>> INPUTS = List.of(
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
            ViolationFilter::all,
            () -> NewModelProvider.of("name", ProviderType.OPENAI),
            ModelProviderChanges::none,
            ModelProviderFilter::all,
            () -> NewAiModel.of(ID, "model", "name"),
            AiModelChanges::none,
            ModelFilter::all,
            () -> CatalogueProvider.of("key", "name", ProviderType.OPENAI),
            () -> CatalogueModel.of("model", "name"),
            () -> TraceOutcome.of(ExecutionStatus.SUCCESS, NOON),
            () -> OpenTelemetrySpan.of("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "name", 1),
            PromptForgeSettings::defaults,
            MaintenanceSettings::defaults,
            TraceRecorderSettings::defaults);

    /** A setter, and the factory of the value that it is called on. */
    record Setter(Method method, Supplier<Input<?>> factory) {
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
            return switch (method.getDeclaringClass().getSimpleName() + "." + method.getName()) {
                case "NewTrace.spans" -> List.of(NewSpan.of(ID, "name", SpanKind.LLM, ExecutionStatus.RUNNING, NOON));
                case "CatalogueProvider.models" -> List.of(CatalogueModel.of(TEXT, "name"));
                default -> InputsTest.sample(method.getParameterTypes()[0]);
            };
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
    void theTextOfAnInputHasNoContent(Setter setter) {
        Object changed = setter.on(setter.factory().get());

        if (changed.getClass().getSimpleName().matches(".*(Filter|Settings)")) {
            assertThat(changed.toString()).isNotEqualTo(setter.factory().get().toString());
        } else {
            assertThat(changed.toString()).doesNotContain(TEXT);
        }
    }

    @ParameterizedTest
    @MethodSource("setters")
    void ifPresentAppliesAValueThatIsThere(Setter setter) {
        Input<?> input = setter.factory().get();

        assertThat(ifPresent(input, setter.sample(), setter)).isEqualTo(setter.on(input));
        assertThat(ifPresent(input, null, setter)).isSameAs(input);
    }

    @SuppressWarnings("unchecked")
    private static <S extends Input<S>> Object ifPresent(Input<?> input, @Nullable Object value, Setter setter) {
        return ((S) input).ifPresent(value, (self, each) -> (S) setter.on(self, each));
    }

    @Test
    void inputsOfTwoClassesAreNotEqual() {
        assertThat(ProjectChanges.none()).isNotEqualTo(PromptChanges.none());
        assertThat(ProjectFilter.all()).isNotEqualTo(PromptFilter.all());
    }

    @Test
    void everyInputIsTestedHere() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.promptforge.dao");

        assertThat(INPUTS.stream().<Class<?>>map(factory -> factory.get().getClass()))
                .containsExactlyInAnyOrderElementsOf(classes.get(Input.class).getAllSubclasses().stream()
                        .<Class<?>>map(JavaClass::reflect)
                        .toList());
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
            case "Duration" -> Duration.ofSeconds(2);
            case "BigDecimal" -> new BigDecimal("0.5");
            case "List" -> List.of(TEXT);
            case "Json" -> Json.parse("{\"key\": \"" + TEXT + "\"}");
            case "Long" -> 2L;
            case "Integer", "int" -> 7;
            case "long" -> 100_000L;
            case "boolean", "Boolean" -> true;
            case "Double" -> 0.5;
            case "Map" -> Map.of("key", TEXT);
            case "Set" -> Set.of(ModelCapability.VISION);
            case "ModelPrices" -> ModelPrices.perMillion("1", "2");
            case "Lockout" -> Lockout.of(3, Duration.ofHours(1));
            case "Clock" -> Clock.fixed(NOON, ZoneOffset.UTC);
            default -> throw new AssertionError("Add a sample of " + type + ".");
        };
    }
}
