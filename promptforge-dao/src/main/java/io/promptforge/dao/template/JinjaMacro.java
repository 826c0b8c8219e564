package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * <code>{% macro name(parameter, other="default") %}</code>; also what is between <code>{% call %}</code> and its end, which is the
 * macro {@code caller} of the macro that is called.
 */
record JinjaMacro(String name, List<String> parameters, Map<String, JinjaExpression> defaults, List<JinjaNode> nodes)
        implements JinjaNode {
    @Override
    public void names(JinjaNames names) {
        names.set(List.of(name));
        JinjaNames inside = names.inside(parameters);
        defaults.values().forEach(value -> value.names(inside));
        inside.set(List.of("caller", "varargs", "kwargs"));
        nodes.forEach(node -> node.names(inside));
    }

    @Override
    public void render(JinjaScope scope, Rendering rendering) {
        scope.set(name, new Defined(this, scope));
    }

    /** A macro with the variables that it sees. */
    record Defined(JinjaMacro macro, JinjaScope scope) {
        /**
         * The text of the macro.
         *
         * @param call the arguments, whose values are those of the calling scope
         * @param caller what the macro calls as {@code caller}
         */
        String call(JinjaExpression.Operation call, JinjaScope calling, @Nullable Defined caller) {
            List<JinjaExpression> given = call.arguments();
            if (given.size() > macro.parameters.size()
                    || !macro.parameters
                            .subList(given.size(), macro.parameters.size())
                            .containsAll(call.options().keySet())) {
                throw call.source()
                        .unsupported(call.at(), "an argument without a parameter of the macro " + macro.name);
            }
            JinjaScope inside = scope.inside();
            for (int i = 0; i < macro.parameters.size(); i++) {
                String parameter = macro.parameters.get(i);
                JinjaExpression argument =
                        i < given.size() ? given.get(i) : call.options().get(parameter);
                JinjaExpression otherwise = macro.defaults.get(parameter);
                inside.set(
                        parameter,
                        argument != null
                                ? argument.value(calling)
                                : otherwise != null ? otherwise.value(inside) : new Undefined(parameter));
            }
            if (caller != null) {
                inside.set(caller.macro.name, caller);
            }
            return inside.captured(macro.nodes);
        }
    }

    /** <code>{% call name(argument) %}…{% endcall %}</code>. */
    record CallBlock(Source source, int at, JinjaExpression called, JinjaMacro caller) implements JinjaNode {
        @Override
        public void names(JinjaNames names) {
            called.names(names);
            caller.names(names.inside(List.of()));
        }

        @Override
        public void render(JinjaScope scope, Rendering rendering) {
            if (!(called instanceof JinjaCall call)
                    || !(scope.find(call.function().name()) instanceof Defined macro)) {
                throw source.unsupported(at, "the call of what is no macro of the template");
            }
            rendering.append(macro.call(call.function(), scope, new Defined(caller, scope)));
        }
    }
}
