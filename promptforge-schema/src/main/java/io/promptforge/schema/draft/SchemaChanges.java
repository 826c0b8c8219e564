package io.promptforge.schema.draft;

import io.promptforge.schema.draft.SchemaObject.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The steps from one schema to another, table by table. {@link Trial} finds the order in which they can be done. */
final class SchemaChanges {

    private final Map<SchemaObject.Key, SchemaObject> from;
    private final Map<SchemaObject.Key, SchemaObject> to;
    private final List<Change> changes = new ArrayList<>();

    private SchemaChanges(List<SchemaObject> from, List<SchemaObject> to) {
        this.from = byKey(from);
        this.to = byKey(to);
    }

    static List<Change> between(List<SchemaObject> from, List<SchemaObject> to) {
        SchemaChanges comparison = new SchemaChanges(from, to);
        comparison.compareTables();
        comparison.from.values().forEach(comparison::compareRemoved);
        comparison.to.values().forEach(comparison::compareKept);
        return comparison.changes.stream()
                .sorted(Comparator.comparing(Change::table).thenComparing(Change::rank))
                .toList();
    }

    private void compareTables() {
        Set<String> usualPolicies = from.values().stream()
                .filter(object -> object.kind() == Kind.POLICY)
                .map(policy -> policy.name() + policy.definition())
                .collect(Collectors.toSet());
        to.values().stream()
                .filter(object -> object.kind() == Kind.TABLE && !from.containsKey(object.key()))
                .map(table -> new NewTable(table.table(), belongingTo(table, to), usualPolicies).change())
                .forEach(changes::add);
        from.values().stream()
                .filter(object -> object.kind() == Kind.TABLE && !to.containsKey(object.key()))
                .map(this::dropTable)
                .forEach(changes::add);
    }

    /** If tables refer to each other in a circle, their foreign keys are dropped first. */
    private Change dropTable(SchemaObject table) {
        Change drop = Change.of(table.table(), 0, List.of(table.drop())).remark("Deletes the rows.");
        List<Change> apart = new ArrayList<>();
        belongingTo(table, from).stream()
                .filter(object -> object.definition().startsWith("FOREIGN KEY"))
                .forEach(key -> apart.add(Change.of(table.table(), 0, List.of(key.drop()))));
        if (apart.isEmpty()) {
            return drop;
        }
        apart.add(drop);
        return drop.orElse(apart);
    }

    private void compareRemoved(SchemaObject object) {
        if (to.containsKey(object.key()) || !tableStays(object) || goesWithColumn(object)) {
            return;
        }
        Change drop = dropped(object);
        changes.add(
                switch (object.kind()) {
                    case COLUMN -> drop.remark(deletion(object));
                    case PARTITION -> drop.remark("Deletes the rows.");
                    default -> drop;
                });
    }

    private void compareKept(SchemaObject object) {
        if (!tableStays(object) || goesWithColumn(object)) {
            return;
        }
        @Nullable SchemaObject before = from.get(object.key());
        if (before == null) {
            changes.add(object.kind() == Kind.COLUMN ? Columns.add(object, to) : created(object));
        } else if (!before.definition().equals(object.definition())) {
            replace(before, object);
        } else if (!before.comment().equals(object.comment())) {
            changes.add(Change.of(object.table(), Kind.values().length, List.of(object.setComment())));
        }
    }

    private void replace(SchemaObject before, SchemaObject after) {
        switch (after.kind()) {
            case TABLE -> {
                // A table is partitioned otherwise only by moving its rows: it stays, and is said not to be expressed.
            }
            case COLUMN -> changes.add(withComment(Columns.retype(before, after, from, to), before, after));
            case DEFAULT -> changes.add(created(after));
            case FUNCTION -> changes.add(replaceFunction(before, after));
            default -> {
                // Apart, because a column is changed between them, and is dropped with the indexes that are still
                // there.
                changes.add(dropped(before));
                changes.add(created(after));
            }
        }
    }

    /** A function that returns something else than before is not replaced, but dropped and created. */
    private static Change replaceFunction(SchemaObject before, SchemaObject after) {
        FunctionDefinition function = new FunctionDefinition(after.name(), after.definition());
        List<String> anew = new ArrayList<>(List.of(before.drop()));
        anew.addAll(created(after).statements());
        return withComment(Change.of("", after.kind().place(), function.replace()), before, after)
                .orElse(List.of(Change.of("", after.kind().place(), anew)));
    }

    private static Change dropped(SchemaObject object) {
        return Change.of(object.table(), -object.kind().place(), List.of(object.drop()));
    }

    private static Change withComment(Change change, SchemaObject before, SchemaObject after) {
        if (before.comment().equals(after.comment())) {
            return change;
        }
        List<String> statements = new ArrayList<>(change.statements());
        statements.add(after.setComment());
        return new Change(change.table(), change.rank(), statements, change.remarks(), change.alternative());
    }

    private static Change created(SchemaObject object) {
        List<String> statements = new ArrayList<>(object.create());
        if (!object.comment().isEmpty()) {
            statements.add(object.setComment());
        }
        return Change.of(object.table(), object.kind().place(), statements);
    }

    /** Views and functions have no table. */
    private boolean tableStays(SchemaObject object) {
        SchemaObject.Key table = new SchemaObject.Key(Kind.TABLE, object.table(), object.table());
        return object.kind() == Kind.VIEW
                || object.kind() == Kind.FUNCTION
                || (from.containsKey(table) && to.containsKey(table));
    }

    /** A column is added and dropped with its default and with NOT NULL, and its type is changed with the default. */
    private boolean goesWithColumn(SchemaObject object) {
        SchemaObject.Key column = Columns.part(Kind.COLUMN, object);
        return switch (object.kind()) {
            case DEFAULT -> !definition(from.get(column)).equals(definition(to.get(column)));
            case NOT_NULL -> !from.containsKey(column) || !to.containsKey(column);
            default -> false;
        };
    }

    private static String definition(@Nullable SchemaObject object) {
        return object == null ? "" : object.definition();
    }

    private String deletion(SchemaObject column) {
        Optional<String> sameType = to.values().stream()
                .filter(object -> object.kind() == Kind.COLUMN && !from.containsKey(object.key()))
                .filter(object -> object.table().equals(column.table()))
                .filter(object -> object.definition().equals(column.definition()))
                .map(SchemaObject::name)
                .findFirst();
        return "Deletes its values."
                + sameType.map(name -> " If it was renamed: ALTER TABLE " + column.table() + " RENAME COLUMN "
                                + column.name() + " TO " + name + ".")
                        .orElse("");
    }

    private static List<SchemaObject> belongingTo(SchemaObject table, Map<SchemaObject.Key, SchemaObject> objects) {
        return objects.values().stream()
                .filter(object -> object.table().equals(table.table()))
                .toList();
    }

    private static Map<SchemaObject.Key, SchemaObject> byKey(List<SchemaObject> objects) {
        Map<SchemaObject.Key, SchemaObject> byKey = new LinkedHashMap<>();
        objects.forEach(object -> byKey.put(object.key(), object));
        return byKey;
    }
}
