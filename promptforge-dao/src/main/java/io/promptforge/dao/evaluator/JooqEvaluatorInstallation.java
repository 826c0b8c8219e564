package io.promptforge.dao.evaluator;

import static io.promptforge.schema.jooq.Tables.EVALUATORS;
import static io.promptforge.schema.jooq.Tables.EVALUATOR_VERSIONS;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.evaluation.ScoreScale;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.jooq.tables.records.EvaluatorVersionsRecord;
import io.promptforge.schema.jooq.tables.records.EvaluatorsRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Installs a catalogue: the evaluators that are missing, with their first versions, and the next versions of those that the organization
 * has as an earlier edition installed them.
 */
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
            EVALUATOR_VERSIONS.CATALOGUE_EDITION,
            EVALUATOR_VERSIONS.CONFIGURATION_SCHEMA,
            EVALUATOR_VERSIONS.CONFIGURATION_DEFAULTS,
            EVALUATOR_VERSIONS.CRITERIA,
            EVALUATOR_VERSIONS.JUDGE_MODEL,
            EVALUATOR_VERSIONS.PROMPTS,
            EVALUATOR_VERSIONS.SCALE,
            EVALUATOR_VERSIONS.CREATED_BY);

    private final TenantSession tx;
    private final EvaluatorCatalogue catalogue;
    private final RowArrays<EvaluatorVersionsRecord> versions = new RowArrays<>(EVALUATOR_VERSIONS, VERSION_FIELDS);

    private JooqEvaluatorInstallation(TenantSession tx, EvaluatorCatalogue catalogue) {
        this.tx = tx;
        this.catalogue = catalogue;
    }

    static InstalledEvaluators run(TenantSession tx, EvaluatorCatalogue catalogue) {
        return new JooqEvaluatorInstallation(tx, catalogue).run();
    }

    private InstalledEvaluators run() {
        Map<String, NewEvaluatorVersion> present = new HashMap<>();
        Map<UUID, CatalogueEvaluator> added = new LinkedHashMap<>();
        catalogue.evaluators().forEach(each -> added.put(Ids.next(), each));
        Set<UUID> installed = add(added);
        added.forEach((id, each) -> {
            if (installed.contains(id)) {
                addVersion(id, 1, each.version());
            } else {
                present.put(each.name(), each.version());
            }
        });
        int updated = present.isEmpty() ? 0 : update(present);
        if (!versions.isEmpty()) {
            tx.run(dsl -> versions.insert(dsl).execute());
        }
        return new InstalledEvaluators(installed.size(), updated, present.size() - updated);
    }

    private Set<UUID> add(Map<UUID, CatalogueEvaluator> added) {
        RowArrays<EvaluatorsRecord> evaluators = new RowArrays<>(EVALUATORS, FIELDS);
        added.forEach((id, each) -> evaluators.add(
                row(EVALUATORS, FIELDS, DEFAULTS, each.evaluator().values(), tx.organizationId(), id, 1)));
        return new HashSet<>(tx.run(dsl -> evaluators
                .insert(dsl)
                .onConflict(EVALUATORS.ORGANIZATION_ID, EVALUATORS.NAME)
                .doNothing()
                .returning(EVALUATORS.ID)
                .fetch(EVALUATORS.ID)));
    }

    private void addVersion(UUID evaluator, int number, NewEvaluatorVersion version) {
        versions.add(row(
                EVALUATOR_VERSIONS,
                VERSION_FIELDS,
                VERSION_DEFAULTS,
                version.values(),
                tx.organizationId(),
                Ids.next(),
                evaluator,
                number,
                catalogue.edition()));
    }

    /** Adds versions to the evaluators with these names; returns to how many. */
    private int update(Map<String, NewEvaluatorVersion> byName) {
        Map<UUID, String> names = tx.run(dsl -> dsl.select(EVALUATORS.ID, EVALUATORS.NAME)
                .from(EVALUATORS)
                .where(EVALUATORS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(EVALUATORS.NAME.eq(any(byName.keySet().toArray(String[]::new))))
                .orderBy(EVALUATORS.ID)
                .forUpdate()
                .fetchMap(EVALUATORS.ID, EVALUATORS.NAME));
        List<UUID> updated = new ArrayList<>();
        for (EvaluatorVersion stored : versionsOfEarlierEditions(names.keySet())) {
            NewEvaluatorVersion version = Objects.requireNonNull(byName.get(names.get(stored.evaluatorId())));
            if (!isLike(stored, version.values())) {
                addVersion(stored.evaluatorId(), stored.versionNumber() + 1, version);
                updated.add(stored.evaluatorId());
            }
        }
        if (!updated.isEmpty()) {
            tx.run(dsl -> dsl.update(EVALUATORS)
                    .set(EVALUATORS.LATEST_VERSION, EVALUATORS.LATEST_VERSION.plus(1))
                    .where(EVALUATORS.ORGANIZATION_ID.eq(tx.organizationId()))
                    .and(EVALUATORS.ID.eq(any(updated.toArray(UUID[]::new))))
                    .execute());
        }
        return updated.size();
    }

    private List<EvaluatorVersion> versionsOfEarlierEditions(Set<UUID> evaluators) {
        return tx.run(dsl -> EvaluatorRows.VERSION.fetch(dsl.select(EvaluatorRows.VERSION.fields())
                .from(EVALUATORS)
                .join(EVALUATOR_VERSIONS)
                .on(EVALUATOR_VERSIONS.ORGANIZATION_ID.eq(EVALUATORS.ORGANIZATION_ID))
                .and(EVALUATOR_VERSIONS.EVALUATOR_ID.eq(EVALUATORS.ID))
                .and(EVALUATOR_VERSIONS.VERSION_NUMBER.eq(EVALUATORS.LATEST_VERSION))
                .where(EVALUATORS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(EVALUATORS.ID.eq(any(evaluators.toArray(UUID[]::new))))
                .and(EVALUATOR_VERSIONS.CATALOGUE_EDITION.lt(catalogue.edition()))
                .orderBy(EVALUATORS.ID)));
    }

    private static boolean isLike(EvaluatorVersion stored, ColumnValues given) {
        return stored.configurationSchema().equals(object(given, "configuration_schema"))
                && stored.configurationDefaults().equals(object(given, "configuration_defaults"))
                && stored.criteria().equals(Optional.ofNullable(given.get("criteria")))
                && stored.judgeModel().equals(Optional.ofNullable(given.get("judge_model")))
                && stored.prompts().equals(object(given, "prompts"))
                && stored.scale().map(ScoreScale::toJson).equals(Optional.ofNullable(given.get("scale")));
    }

    private static Json object(ColumnValues values, String column) {
        Json object = values.get(column);
        return object == null ? Json.emptyObject() : object;
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
