package io.promptforge.dao.model;

import static org.jooq.impl.DSL.excluded;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.dao.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Updates the rows of a table to a catalogue: collects the missing and the changed rows, and writes the missing ones by one
 * statement and the changed ones by another.
 *
 * @param <R> the record of the table
 */
final class CatalogueBatch<R extends Record> {
    private final TenantSession tx;
    private final Table<R> table;
    private final Field<UUID> organizationId;
    private final Field<UUID> id;
    private final Field<JSONB> entry;
    private final List<Field<?>> identity;
    private final List<Field<?>> columns;

    private final List<List<? extends @Nullable Object>> missing = new ArrayList<>();
    private final List<List<? extends @Nullable Object>> changed = new ArrayList<>();
    private final Set<UUID> added = new LinkedHashSet<>();
    private final Set<UUID> updated = new LinkedHashSet<>();
    private final Set<UUID> kept = new LinkedHashSet<>();

    /**
     * An empty batch.
     *
     * @param identity the columns whose values never change
     * @param columns the columns that the catalogue sets
     */
    CatalogueBatch(TenantSession tx, Table<R> table, List<Field<?>> identity, List<Field<?>> columns) {
        this.tx = tx;
        this.table = table;
        this.organizationId = table.field("organization_id", UUID.class);
        this.id = table.field("id", UUID.class);
        this.entry = table.field("catalogue_entry", JSONB.class);
        this.identity = identity;
        this.columns = columns;
    }

    /** Collects a row that does not exist yet; returns its id. */
    UUID add(
            List<Object> identityValues,
            List<? extends @Nullable Object> says,
            Map<String, @Nullable Object> saidEntry) {
        UUID rowId = Ids.next();
        missing.add(row(rowId, identityValues, says, saidEntry));
        return rowId;
    }

    /**
     * Collects the changes of a row: a value that still equals that of the last edition is set to that of this one. A row that no
     * catalogue installed stays.
     */
    void merge(R present, List<? extends @Nullable Object> says, Map<String, @Nullable Object> saidEntry) {
        Map<?, ?> before = CatalogueRows.remembered(present.get(entry));
        if (before == null) {
            kept.add(present.get(id));
            return;
        }
        boolean changes = false;
        boolean keeps = false;
        List<@Nullable Object> merged = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).getName();
            Object value = present.get(columns.get(i));
            Object stored = CatalogueRows.stored(columns.get(i), value);
            boolean edited = !CatalogueRows.same(stored, before.get(name));
            boolean differs = !CatalogueRows.same(stored, saidEntry.get(name));
            merged.add(edited ? value : says.get(i));
            changes |= differs && !edited;
            keeps |= differs && edited;
        }
        if (changes) {
            updated.add(present.get(id));
        }
        if (keeps) {
            kept.add(present.get(id));
        }
        if (changes || !CatalogueRows.sameEntries(saidEntry, before)) {
            List<Object> identityValues =
                    identity.stream().<Object>map(present::get).toList();
            changed.add(row(present.get(id), identityValues, merged, saidEntry));
        }
    }

    /** Inserts the missing rows, except those that a concurrent transaction has inserted since. */
    void insertMissing() {
        if (!missing.isEmpty()) {
            added.addAll(tx.run(dsl -> batch(missing)
                    .insert(dsl)
                    .onConflictDoNothing()
                    .returning(id)
                    .fetch(id)));
        }
    }

    /** Updates the changed rows, which exist and are locked, by an insert that conflicts with each of them. */
    void updateChanged() {
        if (!changed.isEmpty()) {
            Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
            columns.forEach(column -> assignments.put(column, excluded(column)));
            assignments.put(entry, excluded(entry));
            tx.run(dsl -> batch(changed)
                    .insert(dsl)
                    .onConflict(organizationId, id)
                    .doUpdate()
                    .set(assignments)
                    .execute());
        }
    }

    /** The ids of the rows that were inserted. */
    Set<UUID> added() {
        return added;
    }

    /** Notes that something else of this row was changed, if the row is not a new one. */
    void noteUpdate(UUID row) {
        if (!added.contains(row)) {
            updated.add(row);
        }
    }

    /** Notes that something else of this row stays as the organization edited it. */
    void noteKept(UUID row) {
        kept.add(row);
    }

    CatalogueResult.Effect effect() {
        return new CatalogueResult.Effect(List.copyOf(added), List.copyOf(updated), List.copyOf(kept));
    }

    private RowArrays<R> batch(List<List<? extends @Nullable Object>> rows) {
        List<Field<?>> fields = Stream.of(List.of(organizationId, id), identity, columns, List.of(entry))
                .<Field<?>>flatMap(List::stream)
                .toList();
        RowArrays<R> batch = new RowArrays<>(table, fields);
        rows.forEach(batch::add);
        return batch;
    }

    private List<? extends @Nullable Object> row(
            UUID rowId,
            List<Object> identityValues,
            List<? extends @Nullable Object> values,
            Map<String, @Nullable Object> saidEntry) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(tx.organizationId());
        row.add(rowId);
        row.addAll(identityValues);
        row.addAll(values);
        row.add(Columns.jsonb(Json.of(saidEntry)));
        return row;
    }
}
