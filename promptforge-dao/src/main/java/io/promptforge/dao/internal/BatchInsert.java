package io.promptforge.dao.internal;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sql;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Converter;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertOnDuplicateStep;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Inserts any number of rows by one statement with one parameter: the rows as a JSON array, which PostgreSQL takes apart
 * again. One plan for every size of batch, and no limit on the number of parameters to run into.
 *
 * @param <R> the record of the table
 */
public final class BatchInsert<R extends Record> {
    private final Table<R> table;
    private final List<Field<?>> fields;
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

    /** An insert of rows with these fields. */
    public BatchInsert(Table<R> table, List<Field<?>> fields) {
        this.table = table;
        this.fields = fields;
    }

    /** Adds a row: a value for each field, in their order. */
    public void add(List<? extends @Nullable Object> values) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            row.put(fields.get(i).getName(), inJson(fields.get(i), values.get(i)));
        }
        rows.add(row);
    }

    /** The statement, not yet executed. */
    public InsertOnDuplicateStep<R> on(DSLContext dsl) {
        List<Field<?>> given = fields.stream().<Field<?>>map(BatchInsert::given).toList();
        return dsl.insertInto(table).columns(fields).select(dsl.select(given).from(given(dsl)));
    }

    /** The rows as a table, for an insert that joins them with what the database knows. */
    public Table<?> given(DSLContext dsl) {
        List<QueryPart> columns = fields.stream()
                .<QueryPart>map(field ->
                        sql("{0} {1}", name(field.getName()), sql(isDocument(field) ? "text" : castType(field, dsl))))
                .toList();
        return table(
                "json_to_recordset({0}) as r({1})",
                val(JSON.valueOf(Json.of(rows).text())), DSL.list(columns));
    }

    /** A field of that table. */
    public static <T> Field<T> given(Field<T> field) {
        Name given = name("r", field.getName());
        return isDocument(field)
                ? field(given, String.class).cast(field.getDataType())
                : field(given, field.getDataType());
    }

    /** A document travels as text: as JSON, the value {@code null} in it could not be told from no value. */
    private static boolean isDocument(Field<?> field) {
        return field.getDataType().isJSON();
    }

    private static String castType(Field<?> field, DSLContext dsl) {
        return field.getDataType().getCastTypeName(dsl.configuration());
    }

    /** The value as the database has it, in a form that JSON has. */
    @SuppressWarnings("unchecked")
    private static <T> @Nullable Object inJson(Field<T> field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        Object stored = ((Converter<Object, T>) field.getConverter()).to((T) value);
        if (stored instanceof JSONB jsonb) {
            return jsonb.data();
        }
        return stored instanceof Instant || stored instanceof UUID || stored instanceof Double
                ? stored.toString()
                : stored;
    }
}
