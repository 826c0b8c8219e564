package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.PageRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method refuses null with the name of the field. */
class PromptNullsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(UUID.class, UUID.randomUUID()),
            Map.entry(int.class, 1),
            Map.entry(String.class, "a"),
            Map.entry(NewPrompt.class, NewPrompt.of(UUID.randomUUID(), "a")),
            Map.entry(NewPromptVersion.class, NewPromptVersion.of("a")),
            Map.entry(PromptChanges.class, PromptChanges.none()),
            Map.entry(PromptFilter.class, PromptFilter.all()),
            Map.entry(PromptOrder.class, PromptOrder.BY_NAME),
            Map.entry(PageRequest.class, PageRequest.first()),
            Map.entry(Collection.class, List.of(UUID.randomUUID())),
            Map.entry(List.class, List.of()));

    private final PromptRepository prompts = DATABASE.newTenant().tenant().prompts();

    static Stream<Method> methods() {
        return Stream.of(PromptRepository.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void nullIsRefused(Method method) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].getType().isPrimitive()
                    && !parameters[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                List<@Nullable Object> arguments = new ArrayList<>(Arrays.stream(parameters)
                        .map(parameter -> Objects.requireNonNull(VALUES.get(parameter.getType())))
                        .toList());
                arguments.set(i, null);

                assertThatThrownBy(() -> call(method, arguments))
                        .as("%s with null at %d", method, i)
                        .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                                .isNotEqualTo("value"))
                        .hasMessageEndingWith(" is null. Give a value.");
            }
        }
    }

    private void call(Method method, List<@Nullable Object> arguments) throws Throwable {
        try {
            method.invoke(prompts, arguments.toArray());
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
