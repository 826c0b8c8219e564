package io.promptforge.schema.distribution;

import io.promptforge.schema.distribution.SchemaContents.ForeignKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statements that distribute what is not distributed yet, and those that bring all back; each must be sent alone, because the
 * identifiers of tables change underneath.
 */
final class Conversion {
    /** Trigger functions go along with their tables, but not what they call. */
    private static final String FUNCTIONS = """
            SELECT create_distributed_function(p.oid::regprocedure)
            FROM pg_proc p
            WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_dist_object o WHERE o.classid = 'pg_proc'::regclass AND o.objid = p.oid)""";

    private final SchemaContents contents;
    private final OptionalInt shards;

    Conversion(SchemaContents contents, OptionalInt shards) {
        this.contents = contents;
        this.shards = shards;
    }

    /** Locked against reads too, because their keys change: first, so that no lock is upgraded. */
    Set<String> altered() {
        Set<String> tables = new HashSet<>();
        keys().forEach(key -> tables.add(key.table()));
        cycles().forEach(key -> {
            tables.add(key.table());
            tables.add(key.referenced());
        });
        return tables;
    }

    List<PlatformKey> keys() {
        return contents.keys().stream().filter(key -> isPending(key.table())).toList();
    }

    List<Step> locks() {
        List<Step> locks = new ArrayList<>();
        String all =
                names(contents.tables().stream().filter(TenantTable::pending).toList());
        Set<String> altered = altered();
        if (!altered.isEmpty()) {
            locks.add(Step.of(
                    "Locking",
                    "LOCK TABLE " + String.join(", ", altered.stream().sorted().toList())
                            + " IN ACCESS EXCLUSIVE MODE"));
        }
        locks.add(Step.of("Locking", "LOCK TABLE " + all + " IN EXCLUSIVE MODE"));
        return locks;
    }

    List<Step> distribute() {
        List<Step> steps = new ArrayList<>();
        cycles().forEach(key -> steps.add(
                Step.of("Dropping " + key.name(), "ALTER TABLE " + key.table() + " DROP CONSTRAINT " + key.name())));
        keys().forEach(key -> steps.addAll(key.demote()));
        steps.addAll(triggers("DISABLE"));
        contents.tables().stream().filter(TenantTable::pending).forEach(table -> steps.add(distribute(table)));
        cycles().forEach(key -> steps.add(Step.of(
                "Adding " + key.name(),
                "ALTER TABLE " + key.table() + " ADD CONSTRAINT " + key.name() + " " + key.definition())));
        steps.add(Step.of("Distributing functions", FUNCTIONS));
        steps.addAll(triggers("ENABLE"));
        return steps;
    }

    Step lockToFree() {
        return Step.of(
                "Freeing",
                "LOCK TABLE "
                        + names(contents.tables().stream()
                                .filter(table -> table.column().isPresent())
                                .toList())
                        + " IN ACCESS EXCLUSIVE MODE");
    }

    /** What deletes the rows that distributed tables still have on the coordinator, where nothing reads them. */
    List<Step> free() {
        return contents.tables().stream()
                .filter(table -> table.column().isPresent())
                .map(table -> Step.of(
                        "Freeing " + table.name(),
                        "SELECT truncate_local_data_after_distributing_table('%1$s') WHERE pg_relation_size('%1$s') > 0 OR EXISTS (SELECT FROM pg_inherits WHERE inhparent = '%1$s'::regclass AND pg_relation_size(inhrelid) > 0)"
                                .formatted(table.name())))
                .toList();
    }

    private Step distribute(TenantTable table) {
        String where = table.name().equals(TenantTable.ROOT)
                ? "colocate_with => 'none'" + (shards.isPresent() ? ", shard_count => " + shards.getAsInt() : "")
                : "colocate_with => '" + TenantTable.ROOT + "'";
        return new Step(
                "Distributing " + table.name(),
                table.name(),
                "SELECT create_distributed_table('" + table.name() + "', '"
                        + table.column().orElseThrow() + "', " + where + ")");
    }

    private List<Step> triggers(String change) {
        return contents.triggers().stream()
                .filter(trigger -> isPending(trigger.table()))
                .map(trigger -> Step.of(
                        "Switching triggers",
                        "ALTER TABLE " + trigger.table() + " " + change + " TRIGGER " + trigger.name()))
                .toList();
    }

    private List<ForeignKey> cycles() {
        return contents.cycles().stream()
                .filter(key -> isPending(key.table()) || isPending(key.referenced()))
                .toList();
    }

    private boolean isPending(String table) {
        return contents.tables().stream()
                .anyMatch(one -> one.pending() && one.name().equals(table));
    }

    /** What brings all tables back: the first one all that foreign keys connect with it, and the others what is left. */
    List<Step> bringBack(List<PlatformKey> demoted, List<Step> losses) {
        List<Step> steps = new ArrayList<>();
        contents.tables().stream()
                .filter(TenantTable::distributed)
                .forEach(table -> steps.add(new Step(
                        "Bringing back " + table.name(),
                        table.name(),
                        "SELECT undistribute_table(logicalrelid, cascade_via_foreign_keys => true) FROM pg_dist_partition"
                                + " WHERE logicalrelid = '" + table.name() + "'::regclass")));
        demoted.forEach(key -> steps.addAll(key.restore()));
        steps.addAll(losses);
        return steps;
    }

    static String names(List<TenantTable> tables) {
        return tables.stream().map(TenantTable::name).collect(Collectors.joining(", "));
    }
}
