package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.EvaluationStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;

/** Writes, finds and lists the results of evaluations. */
final class JooqEvaluationResults {
    private static final List<Field<?>> PAYLOAD =
            List.of(EVALUATION_RESULTS.INPUT, EVALUATION_RESULTS.EXPECTED_OUTPUT, EVALUATION_RESULTS.ACTUAL_OUTPUT);

    private static final List<Field<?>> WITHOUT_PAYLOAD = Stream.of(EVALUATION_RESULTS.fields())
            .filter(field -> !PAYLOAD.contains(field))
            .<Field<?>>map(field -> field)
            .toList();

    private final TenantSession session;

    JooqEvaluationResults(TenantSession session) {
        this.session = session;
    }

    Evaluation append(UUID evaluationId, List<NewEvaluationResult> results) {
        Check.present("id", evaluationId);
        Check.present("results", results).forEach(result -> Check.present("results", result));
        return session.transaction(tx -> {
            lockRunning(tx, evaluationId);
            ResultBatch.insert(tx, evaluationId, results);
            return countResults(tx, evaluationId);
        });
    }

    Optional<EvaluationResult> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> dsl.selectFrom(EVALUATION_RESULTS)
                .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(EVALUATION_RESULTS.ID.eq(id))
                .fetchOptional(EvaluationRows::resultWithPayload));
    }

    Page<EvaluationResult> list(UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page) {
        Keyset keyset = keyset(evaluationId, filter, order, page);
        return session.run(dsl -> keyset.fetch(
                dsl,
                dsl.select(WITHOUT_PAYLOAD).from(EVALUATION_RESULTS).where(letsThrough(evaluationId, filter, order)),
                page,
                EvaluationRows::result));
    }

    Page<EvaluationResult> listWithPayloads(
            UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page) {
        Keyset keyset = keyset(evaluationId, filter, order, page);
        return session.run(dsl -> keyset.fetch(
                dsl,
                dsl.selectFrom(EVALUATION_RESULTS).where(letsThrough(evaluationId, filter, order)),
                page,
                EvaluationRows::resultWithPayload));
    }

    private Keyset keyset(UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page) {
        Check.present("evaluation_id", evaluationId);
        Check.present("filter", filter);
        Check.present("order", order);
        Check.present("page", page);
        List<?> list = List.of("results", session.organizationId(), evaluationId, filter, order);
        return switch (order) {
            case BY_TEST_NAME -> Keyset.ascending(list, EVALUATION_RESULTS.TEST_NAME, EVALUATION_RESULTS.REPETITION);
            case WORST_FIRST -> Keyset.ascending(list, EVALUATION_RESULTS.SCORE, EVALUATION_RESULTS.ID);
            case BEST_FIRST -> Keyset.descending(list, EVALUATION_RESULTS.SCORE, EVALUATION_RESULTS.ID);
        };
    }

    private Condition letsThrough(UUID evaluationId, ResultFilter filter, ResultOrder order) {
        return belongsTo(evaluationId)
                // as the conditions of the indexes are written
                .and(order == ResultOrder.BY_TEST_NAME ? noCondition() : EVALUATION_RESULTS.SCORE.isNotNull())
                .and(filter.passed()
                        .map(passed -> passed ? EVALUATION_RESULTS.PASSED.isTrue() : not(EVALUATION_RESULTS.PASSED))
                        .orElse(noCondition()))
                .and(filter.lowestScore().map(EVALUATION_RESULTS.SCORE::ge).orElse(noCondition()))
                .and(filter.highestScore().map(EVALUATION_RESULTS.SCORE::le).orElse(noCondition()))
                .and(filter.text()
                        .map(part -> EVALUATION_RESULTS
                                .TEST_NAME
                                .containsIgnoreCase(part)
                                .or(EVALUATION_RESULTS.ERROR_MESSAGE.containsIgnoreCase(part)))
                        .orElse(noCondition()));
    }

    /** Writers of one evaluation take turns, so that the totals are counted over the results of all. */
    private static void lockRunning(TenantSession tx, UUID id) {
        EvaluationStatus status = tx.run(dsl -> dsl.select(EVALUATIONS.STATUS)
                        .from(EVALUATIONS)
                        .where(EVALUATIONS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(EVALUATIONS.ID.eq(id))
                        .forUpdate()
                        .fetchOptional(EVALUATIONS.STATUS))
                .orElseThrow(() -> new NotFoundException("evaluation", id));
        if (status != EvaluationStatus.RUNNING) {
            throw IllegalTransitionException.requires("evaluation", id, status, "only a running one takes results");
        }
    }

    private Evaluation countResults(TenantSession tx, UUID id) {
        return tx.run(dsl -> dsl.update(EVALUATIONS)
                .set(
                        row(
                                EVALUATIONS.TOTAL_TESTS,
                                EVALUATIONS.PASSED_TESTS,
                                EVALUATIONS.FAILED_TESTS,
                                EVALUATIONS.AVERAGE_SCORE),
                        select(
                                        count(),
                                        count().filterWhere(EVALUATION_RESULTS.PASSED),
                                        count().filterWhere(EVALUATION_RESULTS.PASSED.isFalse()),
                                        avg(EVALUATION_RESULTS.SCORE))
                                .from(EVALUATION_RESULTS)
                                .where(belongsTo(id)))
                .where(EVALUATIONS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(EVALUATIONS.ID.eq(id))
                .returning()
                .fetchSingle(EvaluationRows::evaluation));
    }

    private Condition belongsTo(UUID evaluationId) {
        return EVALUATION_RESULTS
                .ORGANIZATION_ID
                .eq(session.organizationId())
                .and(EVALUATION_RESULTS.EVALUATION_ID.eq(evaluationId));
    }
}
