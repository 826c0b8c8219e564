package io.promptforge.dao.template;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contexts around a place in a Handlebars template, to tell whose the names there are.
 *
 * @param names where the variables are collected
 * @param kind what the innermost context is
 * @param parameters the block parameters that can be seen
 */
record HandlebarsNames(
        VariableNames names,
        Kind kind,
        Set<String> parameters,
        @Nullable HandlebarsNames outer) {
    /** What a context is. */
    enum Kind {
        /** The values of the whole template. */
        ROOT,
        /** An element of a list, or a member of a variable. */
        ELEMENT,
        /** Either: depends on the value, or on the helper of an application. */
        UNKNOWN
    }

    static HandlebarsNames root(VariableNames names) {
        return new HandlebarsNames(names, Kind.ROOT, Set.of(), null);
    }

    /** Inside of a block with a context and parameters of its own. */
    HandlebarsNames in(Kind inner, List<String> more) {
        return new HandlebarsNames(names, inner, and(more), this);
    }

    /** The same context, with parameters. */
    HandlebarsNames with(List<String> more) {
        return new HandlebarsNames(names, kind, and(more), outer);
    }

    /** Inside of a block of an application's helper, which decides about the context. */
    HandlebarsNames unknown() {
        return new HandlebarsNames(names, kind == Kind.ELEMENT ? kind : Kind.UNKNOWN, parameters, outer);
    }

    private Set<String> and(List<String> more) {
        Set<String> all = new HashSet<>(parameters);
        all.addAll(more);
        return all;
    }

    void add(HandlebarsExpression.Path path) {
        if (path.parts().isEmpty()) {
            return;
        }
        if (path.isData()) {
            if (path.parts().get(0).equals("root") && path.parts().size() > 1) {
                add(path.parts().get(1), path.name().substring("root.".length()), Kind.ROOT);
            }
            return;
        }
        boolean isParameter = path.up() == 0
                && !path.isScoped()
                && parameters.contains(path.parts().get(0));
        HandlebarsNames context = this;
        for (int i = 0; i < path.up() && context != null; i++) {
            context = context.outer;
        }
        if (!isParameter && context != null) {
            add(path.parts().get(0), path.name(), context.kind);
        }
    }

    private void add(String variable, String used, Kind of) {
        if (of != Kind.ELEMENT) {
            names.add(variable, used, of == Kind.ROOT);
        }
    }
}
