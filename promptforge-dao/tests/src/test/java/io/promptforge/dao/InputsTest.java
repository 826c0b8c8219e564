package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller writes, edits and filters by is immutable, and equal by value; its setters are found by reflection. */
class InputsTest {
    private static final Samples GIVEN = new Samples(0);
    private static final Samples CHANGED = new Samples(1);

    /** A setter of an input. */
    record Setter(Class<?> input, Method method) {
        Object base() {
            return GIVEN.input(input);
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
    void theTextOfWhatIsWrittenHasNoValues(Setter setter) {
        Object changed = setter.on(setter.base());

        if (Filters.isFilter(changed.getClass())) {
            assertThat(changed.toString()).isNotEqualTo(setter.base().toString());
        } else {
            assertThat(changed.toString()).doesNotContain(setter.method().getName() + " 1");
        }
    }

    @ParameterizedTest
    @MethodSource("setters")
    void ifPresentAppliesAValueThatIsThere(Setter setter) {
        Object input = setter.base();
        if (Arrays.stream(input.getClass().getMethods())
                .noneMatch(method -> method.getName().equals("ifPresent"))) {
            assertThat(input.getClass().getSimpleName()).startsWith("New");
            return;
        }
        BiFunction<Object, Object, Object> change = (base, value) -> Samples.call(setter.method(), base, value);

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
}
