package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.schema.type.EvaluationStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A running evaluation that gets results, locked until the end of the transaction: writers of one evaluation take turns, so that each
 * adds to the totals that the one before has left.
 */
final class JooqResultsOfEvaluation implements ResultOwner {
    private static final RowReader<Locked> LOCKED = RowReader.of(
            Selection.of(EVALUATIONS.PROJECT_ID, EVALUATIONS.STATUS, EVALUATIONS.SCALES),
            row -> new Locked(
                    row.take(EVALUATIONS.PROJECT_ID),
                    row.take(EVALUATIONS.STATUS),
                    Documents.scales(row.takeJson(EVALUATIONS.SCALES))));

    private final TenantSession tx;
    private final UUID id;
    private final Locked locked;
    private final JooqResultTable table;
    private @Nullable Evaluation changed;

    private JooqResultsOfEvaluation(TenantSession tx, UUID id, Locked locked) {
        this.tx = tx;
        this.id = id;
        this.locked = locked;
        this.table = new JooqResultTable(tx);
    }

    /** What is read when it is locked. */
    private record Locked(UUID projectId, EvaluationStatus status, Map<String, ScoreScale> scales) {}

    static JooqResultsOfEvaluation lock(TenantSession tx, UUID id) {
        Locked locked = tx.run(dsl -> LOCKED.fetchOptional(dsl.select(LOCKED.fields())
                        .from(EVALUATIONS)
                        .where(EVALUATIONS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(EVALUATIONS.ID.eq(id))
                        .forUpdate()))
                .orElseThrow(() -> new NotFoundException("evaluation", id));
        if (locked.status != EvaluationStatus.RUNNING) {
            throw IllegalTransitionException.requires(
                    "evaluation", id, locked.status, "only a running one takes results");
        }
        return new JooqResultsOfEvaluation(tx, id, locked);
    }

    /** Refuses scores that are not on the scale of their metric. */
    void check(List<NewEvaluationResult> results) {
        if (locked.scales.isEmpty()) {
            return;
        }
        for (int i = 0; i < results.size(); i++) {
            try {
                check(results.get(i).fields());
            } catch (InvalidValueException refusal) {
                throw refusal.at("results[" + i + "]", null);
            }
        }
    }

    private void check(ResultFields fields) {
        Documents.check(locked.scales, NewEvaluation.MAIN_SCORE, fields.score, null);
        Documents.check(locked.scales, fields.scores);
    }

    /** The evaluation with the totals after the last change. */
    Evaluation changed() {
        if (changed == null) {
            throw new IllegalStateException("nothing was added");
        }
        return changed;
    }

    @Override
    public ResultBatch batch() {
        return ResultBatch.ofEvaluation();
    }

    @Override
    public Object key(ResultFields fields) {
        return List.of(fields.testName, fields.variant, fields.repetition);
    }

    @Override
    public void add(ResultBatch batch, UUID resultId, ResultFields fields, @Nullable Instant replacedAt) {
        batch.add(tx.organizationId(), resultId, locked.projectId, id, fields, replacedAt);
    }

    @Override
    public int add(ResultBatch batch) {
        return keep(table.add(id, batch));
    }

    @Override
    public int replace(Collection<UUID> ids, Instant at) {
        return keep(table.replace(id, ids, at));
    }

    private int keep(JooqResultTable.Changed change) {
        changed = change.evaluation();
        return change.number();
    }
}
