package io.promptforge.dao.evaluator;

import static io.promptforge.schema.jooq.Tables.EVALUATORS;
import static io.promptforge.schema.jooq.Tables.EVALUATOR_VERSIONS;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.jooq.tables.records.EvaluatorVersionsRecord;
import io.promptforge.schema.jooq.tables.records.EvaluatorsRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Installs a catalogue by two statements: the evaluators that are missing, then the first versions of those. */
final class JooqEvaluatorInstallation {
    private static final ColumnValues DEFAULTS =
            ColumnValues.none().with("tags", List.of()).with("active", true);

    private static final ColumnValues VERSION_DEFAULTS = ColumnValues.none()
            .with("configuration_schema", Json.emptyObject())
            .with("configuration_defaults", Json.emptyObject())
            .with("prompts", Json.emptyObject());

    private static final List<Field<?>> FIELDS = List.of(
            EVALUATORS.ORGANIZATION_ID,
            EVALUATORS.ID,
            EVALUATORS.LATEST_VERSION,
            EVALUATORS.NAME,
            EVALUATORS.DESCRIPTION,
            EVALUATORS.CATEGORY,
            EVALUATORS.KIND,
            EVALUATORS.TAGS,
            EVALUATORS.ACTIVE,
            EVALUATORS.CREATED_BY);

    private static final List<Field<?>> VERSION_FIELDS = List.of(
            EVALUATOR_VERSIONS.ORGANIZATION_ID,
            EVALUATOR_VERSIONS.ID,
            EVALUATOR_VERSIONS.EVALUATOR_ID,
            EVALUATOR_VERSIONS.VERSION_NUMBER,
            EVALUATOR_VERSIONS.CONFIGURATION_SCHEMA,
            EVALUATOR_VERSIONS.CONFIGURATION_DEFAULTS,
            EVALUATOR_VERSIONS.CRITERIA,
            EVALUATOR_VERSIONS.JUDGE_MODEL,
            EVALUATOR_VERSIONS.PROMPTS,
            EVALUATOR_VERSIONS.SCALE,
            EVALUATOR_VERSIONS.CREATED_BY);

    private JooqEvaluatorInstallation() {}

    static InstalledEvaluators run(TenantSession tx, EvaluatorCatalogue catalogue) {
        List<UUID> ids = catalogue.evaluators().stream().map(each -> Ids.next()).toList();
        RowArrays<EvaluatorsRecord> evaluators = new RowArrays<>(EVALUATORS, FIELDS);
        for (int i = 0; i < ids.size(); i++) {
            ColumnValues values = catalogue.evaluators().get(i).evaluator().values();
            evaluators.add(row(EVALUATORS, FIELDS, DEFAULTS, values, tx.organizationId(), ids.get(i), 1));
        }
        Set<UUID> installed = new HashSet<>(tx.run(dsl -> evaluators
                .insert(dsl)
                .onConflict(EVALUATORS.ORGANIZATION_ID, EVALUATORS.NAME)
                .doNothing()
                .returning(EVALUATORS.ID)
                .fetch(EVALUATORS.ID)));
        RowArrays<EvaluatorVersionsRecord> versions = new RowArrays<>(EVALUATOR_VERSIONS, VERSION_FIELDS);
        for (int i = 0; i < ids.size(); i++) {
            if (installed.contains(ids.get(i))) {
                ColumnValues values = catalogue.evaluators().get(i).version().values();
                versions.add(row(
                        EVALUATOR_VERSIONS,
                        VERSION_FIELDS,
                        VERSION_DEFAULTS,
                        values,
                        tx.organizationId(),
                        Ids.next(),
                        ids.get(i),
                        1));
            }
        }
        if (!versions.isEmpty()) {
            tx.run(dsl -> versions.insert(dsl).execute());
        }
        return new InstalledEvaluators(installed.size(), ids.size() - installed.size());
    }

    /** A row that begins with the keys; the other fields have what is given, else the default. */
    private static List<@Nullable Object> row(
            Table<?> table, List<Field<?>> fields, ColumnValues defaults, ColumnValues given, Object... keys) {
        Map<Field<?>, @Nullable Object> values = defaults.of(table);
        values.putAll(given.of(table));
        List<@Nullable Object> row = new ArrayList<>(List.of(keys));
        fields.subList(keys.length, fields.size()).forEach(field -> row.add(values.get(field)));
        return row;
    }
}
