package io.promptforge.schema.draft;

import io.promptforge.schema.draft.SchemaObject.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates a table with all that belongs to it, laid out as in the scripts of this library. */
final class NewTable {

    private static final Set<Kind> INSIDE =
            Set.of(Kind.TABLE, Kind.COLUMN, Kind.DEFAULT, Kind.NOT_NULL, Kind.CONSTRAINT);

    private static final Pattern AUDIT = Pattern.compile(
            "audit_row\\('[^']*', '\\{(?<ignored>[^']*,)?organization_id,updated_at\\}', '\\{(?<leftOut>[^']*)\\}'\\)");

    private final String table;
    private final List<SchemaObject> objects;
    private final boolean isolated;
    private final Optional<String> audit;

    /**
     * @param objects those of the table, itself included
     * @param usualPolicies the definitions of the policies of other tables
     */
    NewTable(String table, List<SchemaObject> objects, Set<String> usualPolicies) {
        this.table = table;
        this.objects = objects;
        this.isolated = of(Kind.ROW_SECURITY).count() == 2
                && of(Kind.POLICY).count() == 2
                && of(Kind.POLICY).allMatch(policy -> usualPolicies.contains(policy.name() + policy.definition()));
        this.audit = auditChanges();
    }

    /** The call that makes the trigger of the audit log, if this is as it makes it. */
    private Optional<String> auditChanges() {
        return of(Kind.TRIGGER)
                .filter(this::isAudit)
                .map(trigger -> AUDIT.matcher(trigger.definition()))
                .filter(Matcher::find)
                .map(found -> auditChanges(
                        found.group("leftOut"),
                        Objects.requireNonNullElse(found.group("ignored"), "").replaceFirst(",$", "")))
                .findFirst();
    }

    private String auditChanges(String leftOut, String ignored) {
        return "SELECT audit_changes('" + table + "'"
                + (leftOut.isEmpty() && ignored.isEmpty() ? "" : ", '{" + leftOut + "}'")
                + (ignored.isEmpty() ? "" : ", '{" + ignored + "}'") + ")";
    }

    private boolean isAudit(SchemaObject object) {
        return object.kind() == Kind.TRIGGER && object.name().equals(table + "_audited");
    }

    private boolean isInCall(SchemaObject object) {
        boolean isolation = object.kind() == Kind.ROW_SECURITY || object.kind() == Kind.POLICY;
        return (isolated && isolation) || (audit.isPresent() && isAudit(object));
    }

    /** One step; otherwise the table without its foreign keys, and then one step for each of the rest. */
    Change change() {
        List<Change> apart = new ArrayList<>();
        apart.add(Change.of(table, 0, List.of(createTable(constraint -> !isForeignKey(constraint)))));
        of(Kind.CONSTRAINT)
                .filter(NewTable::isForeignKey)
                .forEach(key -> apart.add(Change.of(table, key.kind().place(), key.create())));
        around().forEach(statement -> apart.add(Change.of(table, 0, List.of(statement))));
        List<String> all = new ArrayList<>(List.of(createTable(constraint -> true)));
        all.addAll(around());
        Change change = Change.of(table, 0, all).orElse(apart);
        if (!isolated) {
            change = change.remark("Tables of tenants need SELECT isolate_tenants('" + table + "').");
        }
        if (of(Kind.TRIGGER).noneMatch(this::isAudit)) {
            change = change.remark(
                    "Its changes are audited by SELECT audit_changes('" + table
                            + "', left_out, ignored): left_out has the columns with secrets or payloads, ignored those that are only counted.");
        }
        return change;
    }

    private String createTable(Predicate<SchemaObject> constraints) {
        Map<SchemaObject.Key, SchemaObject> byKey =
                objects.stream().collect(Collectors.toMap(SchemaObject::key, each -> each));
        int names = longest(of(Kind.COLUMN).map(SchemaObject::name));
        int types = longest(of(Kind.COLUMN).map(SchemaObject::definition).filter(type -> type.length() <= 16));
        Stream<String> columns = of(Kind.COLUMN).map(column -> {
            String rest = Columns.rest(column, byKey);
            return padded(column.name(), names) + " " + (padded(column.definition(), types) + rest).stripTrailing();
        });
        List<SchemaObject> named = of(Kind.CONSTRAINT).filter(constraints).toList();
        int constraintNames = longest(named.stream().map(SchemaObject::name));
        Stream<String> lines = named.stream()
                .map(each -> "CONSTRAINT " + padded(each.name(), constraintNames) + " " + each.definition());
        String partitioning = of(Kind.TABLE).map(SchemaObject::definition).collect(Collectors.joining());
        String firstConstraint = named.isEmpty() ? "" : ",\n\n    ";
        return "CREATE TABLE " + table + " (\n    " + columns.collect(Collectors.joining(",\n    ")) + firstConstraint
                + lines.collect(Collectors.joining(",\n    ")) + "\n)"
                + (partitioning.isEmpty() ? "" : " " + partitioning);
    }

    /** Indexes, triggers, policies and comments. */
    private List<String> around() {
        List<String> statements = new ArrayList<>();
        objects.stream()
                .filter(object -> !INSIDE.contains(object.kind()))
                .filter(object -> !isInCall(object))
                .sorted((one, other) -> one.kind().compareTo(other.kind()))
                .forEach(object -> statements.addAll(object.create()));
        if (isolated) {
            statements.add("SELECT isolate_tenants('" + table + "')");
        }
        audit.ifPresent(statements::add);
        List<SchemaObject> commented = objects.stream()
                .filter(object -> !object.comment().isEmpty())
                .sorted((one, other) -> one.kind().compareTo(other.kind()))
                .toList();
        int width = longest(commented.stream().map(NewTable::subject));
        commented.forEach(object -> statements.add(
                "COMMENT ON " + padded(subject(object), width) + " IS " + SqlStyle.quoted(object.comment())));
        return statements;
    }

    /** With the table below its columns. */
    private static String subject(SchemaObject object) {
        return object.kind() == Kind.TABLE ? "TABLE  " + object.name() : object.commented();
    }

    private Stream<SchemaObject> of(Kind kind) {
        return objects.stream().filter(object -> object.kind() == kind);
    }

    private static boolean isForeignKey(SchemaObject constraint) {
        return constraint.definition().startsWith("FOREIGN KEY");
    }

    private static int longest(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
