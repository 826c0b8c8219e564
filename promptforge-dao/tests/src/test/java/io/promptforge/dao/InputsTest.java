package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.prompt.PromptChanges;
import io.promptforge.dao.prompt.PromptFilter;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input is immutable, equal by value, and shows no content; inputs and setters are found by reflection. */
class InputsTest {
    private static final Samples GIVEN = new Samples(0);
    private static final Samples CHANGED = new Samples(1);

    /** A setter of an input. */
    record Setter(Class<?> input, Method method) {
        Input<?> base() {
            return (Input<?>) GIVEN.input(input);
        }

        Object on(Object base) {
            return CHANGED.set(method, base);
        }

        Object sample() {
            return CHANGED.of(method.getGenericParameterTypes()[0], method.getName());
        }

        @Override
        public String toString() {
            return input.getSimpleName() + "." + method.getName();
        }
    }

    static Stream<Setter> setters() {
        return Samples.INPUTS.stream()
                .flatMap(input -> Samples.setters(input).stream().map(method -> new Setter(input, method)));
    }

    @ParameterizedTest
    @MethodSource("setters")
    void aSetterReturnsAnotherValueAndLeavesItsOwnUnchanged(Setter setter) {
        Object input = setter.base();
        Object changed = setter.on(input);

        assertThat(changed).isNotEqualTo(input).isEqualTo(setter.on(input)).hasSameHashCodeAs(setter.on(input));
        assertThat(input).isEqualTo(setter.base()).hasSameHashCodeAs(setter.base());
    }

    @ParameterizedTest
    @MethodSource("setters")
    void theTextOfAnInputHasNoContent(Setter setter) {
        String text = setter.on(setter.base()).toString();

        if (setter.input().getSimpleName().matches(".*(Filter|Settings)")) {
            assertThat(text).isNotEqualTo(setter.base().toString());
        } else {
            assertThat(text).doesNotContainPattern(CHANGED.text("\\w+"));
        }
    }

    @ParameterizedTest
    @MethodSource("setters")
    void ifPresentAppliesAValueThatIsThere(Setter setter) {
        Input<?> input = setter.base();

        assertThat(ifPresent(input, setter.sample(), setter)).isEqualTo(setter.on(input));
        assertThat(ifPresent(input, null, setter)).isSameAs(input);
    }

    @SuppressWarnings("unchecked")
    private static <S extends Input<S>> Object ifPresent(Input<?> input, @Nullable Object value, Setter setter) {
        return ((S) input).ifPresent(value, (self, each) -> (S) Samples.call(setter.method(), self, each));
    }

    @Test
    void inputsOfTwoClassesAreNotEqual() {
        assertThat(ProjectChanges.none()).isNotEqualTo(PromptChanges.none());
        assertThat(ProjectFilter.all()).isNotEqualTo(PromptFilter.all());
    }
}
