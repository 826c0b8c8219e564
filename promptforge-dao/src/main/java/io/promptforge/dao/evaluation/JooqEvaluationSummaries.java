package io.promptforge.dao.evaluation;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;
import org.jooq.Result;

/** Adds the results of evaluations up, and compares two of them. */
final class JooqEvaluationSummaries {
    private final TenantSession session;

    JooqEvaluationSummaries(TenantSession session) {
        this.session = session;
    }

    EvaluationSummary summary(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> dsl.fetchOptional(SummaryRows.of(session.organizationId(), id)))
                .flatMap(SummaryRows::summary)
                .orElseThrow(() -> new NotFoundException("evaluation", id));
    }

    EvaluationComparison compare(UUID baseId, UUID candidateId, ComparisonFilter filter, PageRequest page) {
        Check.present("base_id", baseId);
        Check.present("candidate_id", candidateId);
        Check.present("filter", filter);
        Check.present("page", page);
        Keyset keyset = Keyset.ascending(
                List.of("comparison", session.organizationId(), baseId, candidateId, filter), ComparisonRows.TEST_NAME);
        Result<Record> rows = session.run(
                dsl -> ComparisonRows.fetch(dsl, session.organizationId(), baseId, candidateId, filter, keyset, page));
        Record any = rows.get(0);
        return new EvaluationComparison(
                ComparisonRows.base(any).orElseThrow(() -> new NotFoundException("base evaluation", baseId)),
                ComparisonRows.candidate(any)
                        .orElseThrow(() -> new NotFoundException("candidate evaluation", candidateId)),
                ComparisonRows.counts(any),
                keyset.page(
                        rows.stream().filter(ComparisonRows::hasTest).toList(),
                        page,
                        page.counting() == Counting.NONE
                                ? Optional.empty()
                                : Optional.of(new Count(ComparisonRows.listed(any), true)),
                        ComparisonRows::test));
    }
}
