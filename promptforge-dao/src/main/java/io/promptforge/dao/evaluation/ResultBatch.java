package io.promptforge.dao.evaluation;

import static io.promptforge.dao.internal.write.RowArrays.given;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.EvaluationResultsRecord;
import io.promptforge.schema.type.ResultOutcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertReturningStep;
import org.jooq.JSONB;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Rows of results that are written by one statement. */
final class ResultBatch {
    /** What makes two results of one test, variant and repetition different. */
    private static final List<Field<?>> CONTENT = List.of(
            EVALUATION_RESULTS.OUTCOME,
            EVALUATION_RESULTS.INPUT,
            EVALUATION_RESULTS.EXPECTED_OUTPUT,
            EVALUATION_RESULTS.ACTUAL_OUTPUT,
            EVALUATION_RESULTS.SCORE,
            EVALUATION_RESULTS.LATENCY_US,
            EVALUATION_RESULTS.INPUT_TOKENS,
            EVALUATION_RESULTS.OUTPUT_TOKENS,
            EVALUATION_RESULTS.COST,
            EVALUATION_RESULTS.METRICS,
            EVALUATION_RESULTS.ERROR_MESSAGE,
            EVALUATION_RESULTS.MODEL_ID,
            EVALUATION_RESULTS.PROMPT_VERSION_ID,
            EVALUATION_RESULTS.EVALUATOR_ID,
            EVALUATION_RESULTS.EVALUATOR_VERSION_ID,
            EVALUATION_RESULTS.TRACE_ID);

    private static final List<Field<?>> FIELDS = Selection.of(
                    EVALUATION_RESULTS.ORGANIZATION_ID,
                    EVALUATION_RESULTS.ID,
                    EVALUATION_RESULTS.PROJECT_ID,
                    EVALUATION_RESULTS.EVALUATION_ID,
                    EVALUATION_RESULTS.TEST_NAME,
                    EVALUATION_RESULTS.VARIANT,
                    EVALUATION_RESULTS.REPETITION,
                    EVALUATION_RESULTS.SCORES,
                    EVALUATION_RESULTS.REPLACED_AT)
            .and(Selection.of(CONTENT))
            .fields();

    private static final Field<UUID> GIVEN_ID = given(EVALUATION_RESULTS.ID);

    private static final Name STORED = DSL.name("stored");
    private static final Field<UUID> STORED_ID =
            field(STORED.append(EVALUATION_RESULTS.ID.getUnqualifiedName()), EVALUATION_RESULTS.ID.getDataType());
    private static final Field<ResultOutcome> STORED_OUTCOME = field(
            STORED.append(EVALUATION_RESULTS.OUTCOME.getUnqualifiedName()), EVALUATION_RESULTS.OUTCOME.getDataType());
    private static final Field<Boolean> EQUAL = field(STORED.append("equal"), SQLDataType.BOOLEAN);

    private static final RowReader<Present> PRESENT = RowReader.of(
            Selection.of(GIVEN_ID, STORED_ID, STORED_OUTCOME, EQUAL),
            row -> new Present(row.take(GIVEN_ID), row.take(STORED_ID), row.take(STORED_OUTCOME), row.take(EQUAL)));

    private final boolean ofTraces;
    private final RowArrays<EvaluationResultsRecord> rows = new RowArrays<>(EVALUATION_RESULTS, FIELDS);
    private int size;

    private ResultBatch(boolean ofTraces) {
        this.ofTraces = ofTraces;
    }

    /** For results of an evaluation. */
    static ResultBatch ofEvaluation() {
        return new ResultBatch(false);
    }

    /** For results of traces, without an evaluation. */
    static ResultBatch ofTraces() {
        return new ResultBatch(true);
    }

    int size() {
        return size;
    }

    void add(
            UUID organization,
            UUID id,
            UUID project,
            @Nullable UUID evaluation,
            ResultFields fields,
            @Nullable Instant replacedAt) {
        size += replacedAt == null ? 1 : 0;
        rows.add(Arrays.asList(
                organization,
                id,
                project,
                evaluation,
                fields.testName,
                fields.variant,
                fields.repetition,
                Columns.jsonb(Documents.json(fields.scores)),
                replacedAt,
                fields.outcome,
                Columns.jsonbOrNull(fields.input),
                Columns.jsonbOrNull(fields.expectedOutput),
                Columns.jsonbOrNull(fields.actualOutput),
                fields.score,
                fields.latency,
                fields.inputTokens,
                fields.outputTokens,
                fields.cost,
                Columns.jsonb(fields.metrics),
                fields.errorMessage,
                fields.modelId,
                fields.promptVersionId,
                fields.evaluatorId,
                fields.evaluatorVersionId,
                fields.traceId));
    }

    InsertReturningStep<EvaluationResultsRecord> insert(DSLContext dsl) {
        Field<UUID> owner = ofTraces ? EVALUATION_RESULTS.TRACE_ID : EVALUATION_RESULTS.EVALUATION_ID;
        return rows.insert(dsl)
                .onConflict(
                        EVALUATION_RESULTS.ORGANIZATION_ID,
                        owner,
                        EVALUATION_RESULTS.TEST_NAME,
                        EVALUATION_RESULTS.VARIANT,
                        EVALUATION_RESULTS.REPETITION)
                .where(counting())
                .doNothing();
    }

    /** A stored result in whose place one of these rows was given. */
    record Present(UUID givenId, UUID id, ResultOutcome outcome, boolean equal) {}

    /** Finds the stored results that have the test, variant and repetition of these rows, without those that are replaced from the start. */
    List<Present> present(TenantSession tx) {
        Table<?> given = rows.given();
        Field<UUID> owner = ofTraces ? EVALUATION_RESULTS.TRACE_ID : EVALUATION_RESULTS.EVALUATION_ID;
        // LIMIT and the tenant as given, so that each result is sought by its key: statistics from before the tenant's
        // first results make PostgreSQL expect none, and read all for each given one. Citus needs the tenant itself.
        Field<UUID> organization =
                tx.session().isDistributed() ? DSL.val(tx.organizationId()) : given(EVALUATION_RESULTS.ORGANIZATION_ID);
        Table<?> stored = lateral(select(
                                EVALUATION_RESULTS.ID,
                                EVALUATION_RESULTS.OUTCOME,
                                field(isEqual()).as(EQUAL.getUnqualifiedName()))
                        .from(EVALUATION_RESULTS)
                        .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(organization))
                        .and(owner.eq(given(owner)))
                        .and(EVALUATION_RESULTS.TEST_NAME.eq(given(EVALUATION_RESULTS.TEST_NAME)))
                        .and(EVALUATION_RESULTS.VARIANT.eq(given(EVALUATION_RESULTS.VARIANT)))
                        .and(EVALUATION_RESULTS.REPETITION.eq(given(EVALUATION_RESULTS.REPETITION)))
                        .and(counting())
                        .limit(DSL.inline(1)))
                .as(STORED);
        return tx.run(dsl -> PRESENT.fetch(dsl.select(PRESENT.fields())
                .from(given.crossJoin(stored))
                .where(given(EVALUATION_RESULTS.REPLACED_AT).isNull())
                .and(STORED_ID.ne(GIVEN_ID))));
    }

    /** The rows that the unique index on the owner and the test has. */
    private Condition counting() {
        Condition counts = EVALUATION_RESULTS.REPLACED_AT.isNull();
        return ofTraces
                ? counts.and(EVALUATION_RESULTS.EVALUATION_ID.isNull())
                : counts.and(EVALUATION_RESULTS.EVALUATION_ID.isNotNull());
    }

    private static Condition isEqual() {
        return DSL.and(CONTENT.stream().map(ResultBatch::isSame).toList())
                .and(scoresThatCameWithIt().eq(given(EVALUATION_RESULTS.SCORES)));
    }

    private static <T> Condition isSame(Field<T> column) {
        return column.isNotDistinctFrom(given(column));
    }

    private static Field<JSONB> scoresThatCameWithIt() {
        Name element = DSL.name("element");
        return coalesce(
                field(select(field("jsonb_agg({0})", JSONB.class, element))
                        .from(DSL.table("jsonb_array_elements({0}) as {1}", EVALUATION_RESULTS.SCORES, element))
                        .where(DSL.condition("NOT jsonb_exists({0}, 'added_at')", element))),
                DSL.inline(JSONB.valueOf("[]")));
    }
}
