package io.promptforge.dao.internal.write;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sql;
import static org.jooq.impl.DSL.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertOnDuplicateStep;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Any number of rows for one statement, with one parameter for each column: its values as an array, which PostgreSQL
 * takes apart again. One plan for every size of batch, no limit on the number of parameters to run into, and allowed where
 * COPY is not: under row-level security.
 *
 * @param <R> the record of the table
 */
public final class RowArrays<R extends Record> {
    private final Table<R> table;
    private final List<ColumnArray> columns;

    /** A batch of rows with these fields. */
    public RowArrays(Table<R> table, List<Field<?>> fields) {
        this.table = table;
        this.columns = fields.stream().map(ColumnArray::new).toList();
    }

    /** Adds a row: a value for each field, in their order. */
    public void add(List<? extends @Nullable Object> values) {
        for (int i = 0; i < values.size(); i++) {
            columns.get(i).add(values.get(i));
        }
    }

    /** Whether there is no row yet. */
    public boolean isEmpty() {
        return columns.get(0).isEmpty();
    }

    /** The insert of all rows, not yet executed. */
    public InsertOnDuplicateStep<R> insert(DSLContext dsl) {
        List<Field<?>> fields = new ArrayList<>();
        List<Field<?>> given = new ArrayList<>();
        for (ColumnArray column : columns) {
            fields.add(column.field());
            given.add(given(column.field()));
        }
        return dsl.insertInto(table).columns(fields).select(dsl.select(given).from(given()));
    }

    /** The rows as a table, for a statement that joins them with what the database knows. */
    public Table<?> given() {
        List<QueryPart> arrays =
                columns.stream().<QueryPart>map(ColumnArray::parameter).toList();
        List<QueryPart> names = columns.stream()
                .<QueryPart>map(column -> name(column.field().getName()))
                .toList();
        return table(sql("unnest({0}) as r({1})", DSL.list(arrays), DSL.list(names)));
    }

    /** What an update sets: these fields to what that table gives for them, but for the keys. */
    public static Map<Field<?>, Field<?>> assignments(List<Field<?>> fields, Field<?>... keys) {
        Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
        fields.forEach(field -> assignments.put(field, given(field)));
        assignments.keySet().removeAll(List.of(keys));
        return assignments;
    }

    /** A field of that table. */
    public static <T> Field<T> given(Field<T> field) {
        Name given = name("r", field.getName());
        return ArrayType.isConvertedByValue(field)
                ? field(given, String.class).cast(field.getDataType())
                : field(given, field.getDataType());
    }
}
