package io.promptforge.dao.template;

import org.jspecify.annotations.Nullable;

/** A call by name: of a macro of the template, else of a function of Jinja. */
record JinjaCall(JinjaExpression.Operation function) implements JinjaExpression {
    @Override
    public void names(JinjaNames names) {
        function.names(names);
    }

    @Override
    public @Nullable Object value(JinjaScope scope) {
        return scope.find(function.name()) instanceof JinjaMacro.Defined macro
                ? macro.call(function, scope, null)
                : function.value(scope);
    }
}
