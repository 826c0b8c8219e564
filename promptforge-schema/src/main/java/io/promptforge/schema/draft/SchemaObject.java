package io.promptforge.schema.draft;

import java.util.List;

/**
 * A part of a schema that is created, changed and dropped by statements of its own.
 *
 * @param table the table or view that it belongs to; empty for a function
 * @param name as it is written in SQL; of a function with the types of its parameters
 * @param definition what follows the name in SQL, or the whole statement, depending on the kind; empty if the name says all
 * @param comment empty if there is none
 */
record SchemaObject(Kind kind, String table, String name, String definition, String comment) {

    /** In the order in which a script creates them. */
    enum Kind {
        FUNCTION,
        TABLE,
        COLUMN,
        DEFAULT,
        NOT_NULL,
        CONSTRAINT,
        INDEX,
        STATISTICS,
        ROW_SECURITY,
        POLICY,
        TRIGGER,
        PARTITION,
        VIEW;

        /** Its number in this order. */
        int place() {
            return List.of(values()).indexOf(this);
        }
    }

    /** What it keeps when its definition changes. */
    record Key(Kind kind, String table, String name) {}

    Key key() {
        return new Key(kind, table, name);
    }

    /** The statements that create it, without its comment. Tables are created by {@link NewTable}. */
    List<String> create() {
        return switch (kind) {
            case FUNCTION -> new FunctionDefinition(name, definition).create();
            case COLUMN -> List.of(alterTable() + " ADD COLUMN " + name + " " + definition);
            case DEFAULT -> List.of(alterColumn() + " SET DEFAULT " + definition);
            case NOT_NULL -> List.of(alterColumn() + " SET NOT NULL");
            case CONSTRAINT -> List.of(alterTable() + " ADD CONSTRAINT " + name + " " + definition);
            case ROW_SECURITY -> List.of(alterTable() + " " + name + " ROW LEVEL SECURITY");
            case POLICY -> List.of("CREATE POLICY " + name + " ON " + table + " " + definition);
            case VIEW -> List.of("CREATE VIEW " + name + " AS\n" + definition);
            case PARTITION -> definition.lines().toList();
            case TABLE, INDEX, STATISTICS, TRIGGER -> List.of(definition);
        };
    }

    String drop() {
        return switch (kind) {
            case COLUMN -> alterTable() + " DROP COLUMN " + name;
            case DEFAULT -> alterColumn() + " DROP DEFAULT";
            case NOT_NULL -> alterColumn() + " DROP NOT NULL";
            case CONSTRAINT -> alterTable() + " DROP CONSTRAINT " + name;
            case ROW_SECURITY ->
                alterTable() + (name.equals("ENABLE") ? " DISABLE" : " NO FORCE") + " ROW LEVEL SECURITY";
            case POLICY, TRIGGER -> "DROP " + kind + " " + name + " ON " + table;
            case PARTITION -> "DROP TABLE " + name;
            case FUNCTION, TABLE, INDEX, STATISTICS, VIEW -> "DROP " + kind + " " + name;
        };
    }

    /** Sets or removes the comment. */
    String setComment() {
        return "COMMENT ON " + commented() + " IS " + (comment.isEmpty() ? "NULL" : SqlStyle.quoted(comment));
    }

    /** What its comment is set on. */
    String commented() {
        return switch (kind) {
            case COLUMN -> "COLUMN " + table + "." + name;
            case CONSTRAINT, POLICY, TRIGGER -> kind + " " + name + " ON " + table;
            case PARTITION -> "TABLE " + name;
            default -> kind + " " + name;
        };
    }

    private String alterTable() {
        return "ALTER TABLE " + table;
    }

    private String alterColumn() {
        return alterTable() + " ALTER COLUMN " + name;
    }
}
