package io.promptforge.dao.internal.query;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A part of a statement that jOOQ rendered once.
 *
 * @param text with question marks for its parameters
 * @param parameters the name of each parameter, in the order of the question marks
 */
record Fragment(String text, List<String> parameters) {
    private static final String PREFIX = "promptforge_";
    private static final Pattern NAMED = Pattern.compile(":" + PREFIX + "(\\w+)");

    /** Renders a part whose parameters are all made by {@link #parameter}. */
    static Fragment of(DSLContext dsl, QueryPart part) {
        List<String> parameters = new ArrayList<>();
        String text = NAMED.matcher(dsl.renderNamedParams(part)).replaceAll(found -> {
            parameters.add(found.group(1));
            return Matcher.quoteReplacement("?");
        });
        return new Fragment(text, List.copyOf(parameters));
    }

    /** A parameter of a fragment, whose value is given with each call. */
    static <T> Field<T> parameter(String name, DataType<T> type) {
        return DSL.param(PREFIX + name, type);
    }

    /** A value of a column's type, as JDBC takes it. */
    static <T> @Nullable Object bound(DataType<T> type, @Nullable T value) {
        Object stored = ((org.jooq.Converter<?, T>) type.getConverter()).to(value);
        return stored instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : stored;
    }
}
