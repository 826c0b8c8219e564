package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind of operation of Jinja: those that are not known, or not for these values, are refused. */
enum JinjaOperator {
    OPERATOR("the operator") {
        @Override
        @Nullable Object apply(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
            return JinjaOperators.apply(name, values);
        }

        @Override
        boolean takesUndefined(String name) {
            return List.of("==", "!=", "in", "not in", "not").contains(name);
        }
    },
    FILTER("the filter") {
        @Override
        @Nullable Object apply(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
            return JinjaFilters.apply(name, values, options);
        }

        @Override
        boolean takesUndefined(String name) {
            return name.equals("default") || name.equals("d");
        }
    },
    TEST("the test") {
        @Override
        @Nullable Object apply(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
            return JinjaTests.apply(name, values);
        }

        @Override
        boolean takesUndefined(String name) {
            return true;
        }
    },
    FUNCTION("the function") {
        @Override
        @Nullable Object apply(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
            return JinjaCalls.function(name, values, options);
        }
    },
    METHOD("the method") {
        @Override
        @Nullable Object apply(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
            return JinjaCalls.method(name, values, options);
        }
    };

    /** The result of an operation that is not known. */
    static final Object UNSUPPORTED = new Object();

    private final String what;

    JinjaOperator(String what) {
        this.what = what;
    }

    /** The result, or {@link #UNSUPPORTED}. */
    abstract @Nullable Object apply(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options);

    /** Whether the operation works on what is not given; else its result is not given, either. */
    boolean takesUndefined(String name) {
        return false;
    }

    String what() {
        return what;
    }
}
