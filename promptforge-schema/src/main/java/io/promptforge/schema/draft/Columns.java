package io.promptforge.schema.draft;

import io.promptforge.schema.draft.SchemaObject.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements about columns, which consist of three objects: type, default and NOT NULL. */
final class Columns {

    private Columns() {}

    /** What follows the type. */
    static String rest(SchemaObject column, Map<SchemaObject.Key, SchemaObject> objects) {
        @Nullable SchemaObject value = objects.get(part(Kind.DEFAULT, column));
        return (objects.containsKey(part(Kind.NOT_NULL, column)) ? " NOT NULL" : "")
                + (value == null ? "" : " DEFAULT " + value.definition());
    }

    static SchemaObject.Key part(Kind kind, SchemaObject column) {
        return new SchemaObject.Key(kind, column.table(), column.name());
    }

    /** Adds it, with its default, to a table that may have rows. */
    static Change add(SchemaObject column, Map<SchemaObject.Key, SchemaObject> to) {
        String rest = rest(column, to);
        List<String> statements = new ArrayList<>();
        statements.add(column.create().get(0) + rest);
        if (!column.comment().isEmpty()) {
            statements.add(column.setComment());
        }
        Change change = Change.of(column.table(), column.kind().place(), statements);
        boolean needsValue = rest.equals(" NOT NULL") && !isGenerated(column);
        return needsValue ? change.remark("Fails if the table has rows, because they have no value for it.") : change;
    }

    /**
     * Changes the type, and the default with it. If the values cannot be converted by themselves, they are cast, while there is no
     * default. A generated column is made anew.
     */
    static Change retype(
            SchemaObject before,
            SchemaObject after,
            Map<SchemaObject.Key, SchemaObject> from,
            Map<SchemaObject.Key, SchemaObject> to) {
        int rank = after.kind().place();
        if (isGenerated(before) || isGenerated(after)) {
            List<String> anew = new ArrayList<>(List.of(before.drop()));
            anew.addAll(add(after, to).statements());
            return Change.of(after.table(), rank, anew);
        }
        @Nullable SchemaObject oldDefault = from.get(part(Kind.DEFAULT, before));
        @Nullable SchemaObject newDefault = to.get(part(Kind.DEFAULT, after));
        String alter = "ALTER TABLE " + after.table() + " ALTER COLUMN " + after.name() + " TYPE " + after.definition();
        List<String> setDefault = newDefault == null ? List.of() : newDefault.create();

        List<String> direct = new ArrayList<>(List.of(alter));
        if (newDefault != null && !newDefault.equals(oldDefault)) {
            direct.addAll(setDefault);
        } else if (newDefault == null && oldDefault != null) {
            direct.add(oldDefault.drop());
        }
        List<String> cast = new ArrayList<>();
        if (oldDefault != null) {
            cast.add(oldDefault.drop());
        }
        cast.add(alter + " USING " + after.name() + "::" + after.definition().replaceFirst(" COLLATE .*", ""));
        cast.addAll(setDefault);
        return Change.of(after.table(), rank, direct).orElse(List.of(Change.of(after.table(), rank, cast)));
    }

    private static boolean isGenerated(SchemaObject column) {
        return column.definition().contains(" GENERATED ");
    }
}
