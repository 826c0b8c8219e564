package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in a Handlebars tag. */
sealed interface HandlebarsExpression {
    void names(HandlebarsNames names);

    @Nullable Object value(HandlebarsContext context);

    /** A text, a number, true, false, null or undefined. */
    record Literal(@Nullable Object value) implements HandlebarsExpression {
        @Override
        public void names(HandlebarsNames names) {}

        @Override
        public @Nullable Object value(HandlebarsContext context) {
            return value;
        }
    }

    /**
     * A path: {@code ../customer.name}, {@code this}, {@code @index}.
     *
     * @param up how many contexts it goes up
     * @param isData whether it begins with an at sign
     * @param isScoped whether it begins with {@code this} or dots, and so never names a block parameter
     * @param text as it was written
     */
    record Path(int up, boolean isData, boolean isScoped, List<String> parts, String text)
            implements HandlebarsExpression {
        @Override
        public void names(HandlebarsNames names) {
            names.add(this);
        }

        @Override
        public @Nullable Object value(HandlebarsContext context) {
            return context.find(this);
        }

        /** Whether it is a single name, which may be that of a helper. */
        boolean isSimple() {
            return up == 0 && !isData && !isScoped && parts.size() == 1;
        }

        String name() {
            return String.join(".", parts);
        }
    }

    /**
     * A call of a helper: {@code lookup prices name}.
     *
     * @param at where it is
     */
    record Call(
            Source source,
            int at,
            Path helper,
            List<HandlebarsExpression> arguments,
            Map<String, HandlebarsExpression> options)
            implements HandlebarsExpression {
        @Override
        public void names(HandlebarsNames names) {
            arguments.forEach(argument -> argument.names(names));
            options.values().forEach(option -> option.names(names));
        }

        @Override
        public @Nullable Object value(HandlebarsContext context) {
            if (helper.name().equals("lookup") && arguments.size() == 2 && helper.isSimple()) {
                Object key = arguments.get(1).value(context);
                String name = JavaScriptValues.text(key).orElse("");
                String of = arguments.get(0) instanceof Path path ? path.name() : "a value";
                String path = arguments.get(1) instanceof Literal ? of + "." + name : of;
                return JavaScriptValues.member(arguments.get(0).value(context), name, path);
            }
            if (helper.name().equals("log") && helper.isSimple()) {
                return "";
            }
            throw source.unsupported(at, "the helper " + helper.text);
        }
    }
}
