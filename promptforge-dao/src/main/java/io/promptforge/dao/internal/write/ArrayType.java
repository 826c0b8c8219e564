package io.promptforge.dao.internal.write;

import io.promptforge.dao.internal.query.BoundArray;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.jooq.Configuration;
import org.jooq.Converter;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column for many rows are sent as one array. Numbers are sent in PostgreSQL's binary form, everything else as
 * text that PostgreSQL converts to the column's type: the whole array at once, or, for documents and arrays, value by value, since
 * an array of arrays would have to be rectangular.
 */
public final class ArrayType {
    private static final Configuration POSTGRES = new DefaultConfiguration().set(SQLDialect.POSTGRES);

    private final String sentAs;
    private final String elementType;
    private final String columnType;
    private final boolean convertedByValue;
    private final boolean document;
    private final Converter<Object, Object> converter;
    private final IntFunction<Object[]> ofLength;
    private final String name;

    @SuppressWarnings("unchecked")
    private ArrayType(Field<?> field) {
        Class<?> stored = field.getConverter().fromType();
        columnType = field.getDataType().getCastTypeName(POSTGRES);
        convertedByValue = isConvertedByValue(field);
        document = field.getDataType().isJSON();
        converter = (Converter<Object, Object>) field.getConverter();
        name = DSL.using(SQLDialect.POSTGRES).render(field.getUnqualifiedName());
        if (stored == Long.class) {
            sentAs = "int8";
            ofLength = Long[]::new;
        } else if (stored == Integer.class) {
            sentAs = "int4";
            ofLength = Integer[]::new;
        } else if (stored == Double.class) {
            sentAs = "float8";
            ofLength = Double[]::new;
        } else {
            sentAs = "text";
            ofLength = String[]::new;
        }
        elementType = convertedByValue ? "text" : columnType;
    }

    /** The type for this column. */
    public static ArrayType of(Field<?> field) {
        return new ArrayType(field);
    }

    /** The name of the column, quoted. */
    public String name() {
        return name;
    }

    /** The parameter in the text of a statement. */
    public String parameter() {
        return "CAST(? AS " + elementType + "[])";
    }

    /** The value of a row {@code r} of {@code unnest}, as the column takes it. */
    public String value() {
        return convertedByValue ? "CAST(r." + name + " AS " + columnType + ")" : "r." + name;
    }

    /** The column's type. */
    public String columnType() {
        return columnType;
    }

    /** Whether the column has JSON documents. */
    public boolean isDocument() {
        return document;
    }

    /** A value of the column's type, which is not null, as text that PostgreSQL converts to the column's type. */
    public String text(Object value) {
        return sent(converter.to(value)).toString();
    }

    /** Appends a value of the column's type, which is not null, as an element of the text of an array. */
    public void appendElement(StringBuilder text, Object value) {
        Object sent = sent(converter.to(value));
        if (sent instanceof String string) {
            appendQuoted(text, string);
        } else {
            text.append(sent);
        }
    }

    /** Binds values of the column's type, each of which may be null. */
    public BoundArray bind(List<? extends @Nullable Object> values) {
        Object[] sent = ofLength.apply(values.size());
        for (int i = 0; i < sent.length; i++) {
            Object value = values.get(i);
            if (value != null) {
                sent[i] = sent(converter.to(value));
            }
        }
        return new BoundArray(sentAs, sent);
    }

    String elementType() {
        return elementType;
    }

    /** Whether values of this column are sent as text, for PostgreSQL to convert one by one: documents, and arrays. */
    static boolean isConvertedByValue(Field<?> field) {
        return field.getDataType().isJSON() || field.getDataType().isArray();
    }

    private static Object sent(Object stored) {
        if (stored instanceof Long || stored instanceof Integer || stored instanceof Double) {
            return stored;
        }
        if (stored instanceof JSONB jsonb) {
            return jsonb.data();
        }
        if (stored instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (stored instanceof Instant time) {
            // Instant.toString formats by a pattern, which takes longer
            return LocalDateTime.ofInstant(time, ZoneOffset.UTC) + "Z";
        }
        if (stored instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        return stored instanceof Object[] elements ? literal(elements) : stored.toString();
    }

    /** An array as PostgreSQL writes it. */
    private static String literal(Object[] elements) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < elements.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            appendQuoted(text, elements[i].toString());
        }
        return text.append('}').toString();
    }

    private static void appendQuoted(StringBuilder text, String element) {
        text.append('"')
                .append(element.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }
}
