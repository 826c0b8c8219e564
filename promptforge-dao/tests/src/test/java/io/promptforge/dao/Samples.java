package io.promptforge.dao;

import static io.promptforge.dao.TestTenant.NOON;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.promptforge.dao.evaluation.ScoreScale;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.prompt.PromptMessage;
import io.promptforge.dao.secret.MasterKeys;
import io.promptforge.dao.user.SingleSignOn;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A valid value for every parameter that the library has, found by reflection: what a caller writes is made by its factory. A
 * parameter of an unknown type fails with a request to add it here.
 */
public class Samples {

    /** All that a caller passes in: the subclasses of {@link Input}. */
    static final List<Class<?>> INPUTS = new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.promptforge.dao")
                    .get(Input.class)
                    .getAllSubclasses()
                    .stream()
                    .<Class<?>>map(JavaClass::reflect)
                    .sorted(Comparator.comparing(Class::getName))
                    .toList();

    private static final List<MasterKeys> MASTER_KEYS = Stream.of("a", "b", "c")
            .map(name -> MasterKeys.parse(name + "=" + Base64.getEncoder().encodeToString(new byte[32])))
            .toList();

    private final int number;

    /** Samples that differ from those of another number, 0 to 2, in all types with more than one value. */
    public Samples(int number) {
        this.number = number;
    }

    /** The methods of an input with one parameter that return another of its kind. */
    public static List<Method> setters(Class<?> input) {
        return Arrays.stream(input.getMethods())
                .filter(method -> method.getReturnType() == input && method.getParameterCount() == 1)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    public static Object call(Method method, @Nullable Object target, @Nullable Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(method.toString(), e);
        }
    }

    /** The input with a sample set by a setter. */
    public final Object set(Method setter, Object input) {
        return call(setter, input, of(setter.getGenericParameterTypes()[0], setter.getName()));
    }

    /** A value for a parameter of a type and name. */
    Object of(Type type, String name) {
        if (type instanceof ParameterizedType many && many.getRawType() == Consumer.class) {
            return (Consumer<?>) progress -> {};
        }
        if (type instanceof ParameterizedType many) {
            Object element = of(many.getActualTypeArguments()[0], name);
            return many.getRawType() == Map.class
                    ? Map.of(
                            element,
                            many.getActualTypeArguments()[1] == BigDecimal.class
                                    ? of(BigDecimal.class, name)
                                    : text(name))
                    : many.getRawType() == Set.class ? Set.of(element) : List.of(element);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == byte[].class) {
            return Arrays.copyOf(new byte[] {4, 5, (byte) number}, 32);
        }
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), 1);
            Array.set(array, 0, of(raw.getComponentType(), name));
            return array;
        }
        if (raw == UsageUnit.class) {
            // not one that has a setter of its own
            return List.of(UsageUnit.PAGES, UsageUnit.SEARCHES).get(number % 2);
        }
        if (raw.isEnum()) {
            // not the first: what has ended is not RUNNING
            return raw.getEnumConstants()[(1 + number) % raw.getEnumConstants().length];
        }
        return switch (raw.getSimpleName()) {
            case "String" -> text(name);
            case "UUID" -> id(name);
            case "Instant" -> NOON.plusSeconds(number);
            case "Duration" -> Duration.ofSeconds(1 + number);
            case "BigDecimal" -> new BigDecimal("0.5");
            case "Json" -> Json.parse("{\"key\": \"" + text(name) + "\"}");
            case "Clock" -> Clock.fixed(NOON.plusSeconds(number), ZoneOffset.UTC);
            case "Long", "long" -> 100_000L + number;
            case "Integer", "int" -> 5 + number;
            case "Boolean", "boolean" -> true;
            case "Double" -> 0.5;
            case "MasterKeys" -> MASTER_KEYS.get(number);
            case "ScoreScale" -> ScoreScale.ofNumbers(0, 5 + number);
            case "ModelPrices" -> ModelPrices.perMillion("1", "2");
            case "PromptMessage" -> PromptMessage.user(text(name));
            case "SingleSignOn" -> new SingleSignOn("https://id.example", text(name) + number);
            default -> input(raw);
        };
    }

    /** What a factory makes of samples. */
    Object input(Class<?> type) {
        Method factory =
                factory(type).orElseThrow(() -> new AssertionError("Add a sample of " + type + " to this class."));
        return call(
                factory,
                null,
                Arrays.stream(factory.getParameters())
                        .map(parameter -> of(parameter.getParameterizedType(), parameter.getName()))
                        .toArray());
    }

    String text(String name) {
        return "some " + name + " " + number;
    }

    UUID id(String name) {
        return UUID.nameUUIDFromBytes(text(name).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Method> factory(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type)
                .filter(method -> method.getName().matches("of|none|all|defaults"))
                .filter(method -> type.getName().startsWith("io.promptforge.dao."))
                .findAny();
    }
}
