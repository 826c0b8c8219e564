package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RefusedElementSearch;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.JSONB;

/** Stores, finds and lists results by jOOQ. */
public final class JooqResultRepository implements ResultRepository {
    private final TenantSession session;

    /** The results of a session's tenant. */
    public JooqResultRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public List<StoredResult> record(List<NewEvaluationResult> results, IfDifferent ifDifferent) {
        List<NewEvaluationResult> given = Check.list("results", results);
        Check.present("if_different", ifDifferent);
        if (given.isEmpty()) {
            return List.of();
        }
        try {
            return session.transaction(tx -> record(tx, given, ifDifferent));
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            if (refusal.path().isPresent()) {
                throw refusal;
            }
            throw RefusedElementSearch.locate(
                    session.session(),
                    refusal,
                    "results",
                    given,
                    (tx, some) -> record(session.in(tx), some, IfDifferent.KEEP));
        }
    }

    private static List<StoredResult> record(
            TenantSession tx, List<NewEvaluationResult> results, IfDifferent ifDifferent) {
        return new ResultAppend(tx, JooqResultsOfTraces.of(tx, results), ifDifferent).store(results);
    }

    @Override
    public Optional<EvaluationResult> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> EvaluationResultRows.RESULT_WITH_PAYLOAD.fetchOptional(
                dsl.select(EvaluationResultRows.RESULT_WITH_PAYLOAD.fields())
                        .from(EVALUATION_RESULTS)
                        .where(is(id))));
    }

    @Override
    public Map<UUID, EvaluationResult> findAll(Collection<UUID> ids) {
        return RowsById.fetch(
                session,
                EVALUATION_RESULTS,
                EVALUATION_RESULTS.ORGANIZATION_ID,
                EVALUATION_RESULTS.ID,
                ids,
                EvaluationResultRows.RESULT_WITH_PAYLOAD);
    }

    @Override
    public Page<EvaluationResult> list(ResultFilter filter, ResultListOrder order, PageRequest page) {
        return EvaluationResultList.LIST.page(
                session, Check.present("filter", filter).criteria(), EvaluationResultList.LIST_ORDERS.get(order), page);
    }

    @Override
    public long count(ResultFilter filter) {
        return EvaluationResultList.LIST.count(
                session, Check.present("filter", filter).criteria());
    }

    @Override
    public List<ResultGroup> groups(ResultFilter filter, ResultGrouping by) {
        return ResultGroupRows.of(session, Check.present("filter", filter).criteria(), Check.present("by", by));
    }

    @Override
    public EvaluationResult addScores(UUID id, List<NewScore> scores, Instant at) {
        Check.present("id", id);
        List<NewScore> given = Check.list("scores", scores);
        Json added = Documents.json(given, Check.instant("at", at));
        return session.transaction(tx -> {
            Documents.check(scales(tx, id), given);
            return tx.run(dsl -> EvaluationResultRows.RESULT_WITH_PAYLOAD.fetchOptional(dsl.update(EVALUATION_RESULTS)
                            .set(
                                    EVALUATION_RESULTS.SCORES,
                                    field(
                                            "{0} || {1}",
                                            JSONB.class, EVALUATION_RESULTS.SCORES, val(Columns.jsonb(added))))
                            .where(is(id))
                            .returning(EvaluationResultRows.RESULT_WITH_PAYLOAD.fields())))
                    .orElseThrow(() -> new NotFoundException("result", id));
        });
    }

    /** The scales of the evaluation of a result; they never change. */
    private Map<String, ScoreScale> scales(TenantSession tx, UUID id) {
        return tx.run(dsl -> dsl.select(EVALUATIONS.SCALES)
                        .from(EVALUATION_RESULTS)
                        .join(EVALUATIONS)
                        .on(EVALUATIONS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(EVALUATIONS.ID.eq(EVALUATION_RESULTS.EVALUATION_ID))
                        .where(is(id))
                        .fetchOptional(EVALUATIONS.SCALES))
                .map(scales -> Documents.scales(Columns.json(scales)))
                .orElseGet(Map::of);
    }

    private Condition is(UUID id) {
        return EVALUATION_RESULTS.ORGANIZATION_ID.eq(session.organizationId()).and(EVALUATION_RESULTS.ID.eq(id));
    }
}
