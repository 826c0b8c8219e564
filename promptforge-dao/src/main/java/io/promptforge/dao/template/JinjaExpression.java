package io.promptforge.dao.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression of Jinja. */
interface JinjaExpression {
    void names(JinjaNames names);

    /** The value; {@link Undefined} of what is not given. */
    @Nullable Object value(JinjaScope scope);

    /** A constant. */
    record Constant(@Nullable Object constant) implements JinjaExpression {
        @Override
        public void names(JinjaNames names) {}

        @Override
        public @Nullable Object value(JinjaScope scope) {
            return constant;
        }
    }

    /** A variable. */
    record Name(String name) implements JinjaExpression {
        @Override
        public void names(JinjaNames names) {
            names.use(name, name);
        }

        @Override
        public @Nullable Object value(JinjaScope scope) {
            return scope.find(name);
        }
    }

    /** {@code of.name}, {@code of[key]}. */
    record Member(JinjaExpression of, JinjaExpression key, boolean isName) implements JinjaExpression {
        @Override
        public void names(JinjaNames names) {
            String path = path(this);
            if (path == null) {
                of.names(names);
                key.names(names);
            } else {
                names.use(path.substring(0, path.indexOf('.')), path);
            }
        }

        @Override
        public @Nullable Object value(JinjaScope scope) {
            String path = path(this);
            return PythonValues.member(of.value(scope), key.value(scope), path == null ? label(of) : path);
        }

        private static String label(JinjaExpression expression) {
            if (expression instanceof Member member) {
                return label(member.of);
            }
            return expression instanceof Name name ? name.name : "a value";
        }

        /** The names from the variable on; null if there are others than names. */
        private static @Nullable String path(JinjaExpression expression) {
            if (expression instanceof Name name) {
                return name.name;
            }
            if (expression instanceof Member member && member.isName && member.key instanceof Constant constant) {
                String before = path(member.of);
                return before == null ? null : before + "." + constant.constant;
            }
            return null;
        }
    }

    /** A list or tuple. */
    record Elements(List<JinjaExpression> elements, boolean isTuple) implements JinjaExpression {
        @Override
        public void names(JinjaNames names) {
            elements.forEach(element -> element.names(names));
        }

        @Override
        public @Nullable Object value(JinjaScope scope) {
            List<@Nullable Object> values = new ArrayList<>();
            elements.forEach(element -> values.add(element.value(scope)));
            return isTuple ? PythonElements.tuple(values) : values;
        }
    }

    /** A dictionary: keys and values in turn. */
    record Members(List<JinjaExpression> keys, List<JinjaExpression> values) implements JinjaExpression {
        @Override
        public void names(JinjaNames names) {
            keys.forEach(key -> key.names(names));
            values.forEach(value -> value.names(names));
        }

        @Override
        public @Nullable Object value(JinjaScope scope) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                map.put(String.valueOf(keys.get(i).value(scope)), values.get(i).value(scope));
            }
            return map;
        }
    }

    /** The text between <code>{% set name %}</code> or <code>{% filter upper %}</code> and its end, before filters change it. */
    record Captured(List<JinjaNode> nodes) implements JinjaExpression {
        @Override
        public void names(JinjaNames names) {
            JinjaNames inside = names.inside(List.of());
            nodes.forEach(node -> node.names(inside));
        }

        @Override
        public @Nullable Object value(JinjaScope scope) {
            return scope.captured(nodes);
        }
    }

    /** {@code yes if condition else no}. */
    record Conditional(
            JinjaExpression condition,
            JinjaExpression yes,
            @Nullable JinjaExpression no) implements JinjaExpression {
        @Override
        public void names(JinjaNames names) {
            condition.names(names);
            yes.names(names);
            if (no != null) {
                no.names(names);
            }
        }

        @Override
        public @Nullable Object value(JinjaScope scope) {
            if (PythonValues.isTrue(condition.value(scope))) {
                return yes.value(scope);
            }
            return no == null ? "" : no.value(scope);
        }
    }

    /**
     * An operation on values: an operator, a filter, a test or a call.
     *
     * @param at where it is
     */
    record Operation(
            Source source,
            int at,
            String name,
            JinjaOperator operator,
            List<JinjaExpression> arguments,
            Map<String, JinjaExpression> options)
            implements JinjaExpression {
        @Override
        public void names(JinjaNames names) {
            arguments.forEach(argument -> argument.names(names));
            options.values().forEach(option -> option.names(names));
        }

        @Override
        public @Nullable Object value(JinjaScope scope) {
            List<@Nullable Object> values = new ArrayList<>();
            arguments.forEach(argument -> values.add(argument.value(scope)));
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) instanceof Undefined undefined && !operator.takesUndefined(name)) {
                    values.set(i, scope.inPlaceOf(undefined));
                }
            }
            if (values.stream().anyMatch(Undefined.class::isInstance) && !operator.takesUndefined(name)) {
                return values.stream()
                        .filter(Undefined.class::isInstance)
                        .findFirst()
                        .orElseThrow();
            }
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            options.forEach((option, value) -> named.put(option, value.value(scope)));
            Object result = operator.apply(name, values, named);
            if (result == JinjaOperator.UNSUPPORTED) {
                throw source.unsupported(at, operator.what() + " " + name);
            }
            return result;
        }
    }

    /** {@code and}, {@code or}: the second value is only looked at if the first one does not decide. */
    record Logical(boolean isAnd, JinjaExpression left, JinjaExpression right) implements JinjaExpression {
        @Override
        public void names(JinjaNames names) {
            left.names(names);
            right.names(names);
        }

        @Override
        public @Nullable Object value(JinjaScope scope) {
            Object first = left.value(scope);
            return PythonValues.isTrue(first) == isAnd ? right.value(scope) : first;
        }
    }
}
