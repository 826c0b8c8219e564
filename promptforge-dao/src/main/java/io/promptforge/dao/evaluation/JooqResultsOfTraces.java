package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.session.TenantSession;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Traces that get judgements of their own. */
final class JooqResultsOfTraces implements ResultOwner {
    private final TenantSession tx;
    private final Map<UUID, UUID> projects;
    private final JooqResultTable table;

    private JooqResultsOfTraces(TenantSession tx, Map<UUID, UUID> projects) {
        this.tx = tx;
        this.projects = projects;
        this.table = new JooqResultTable(tx);
    }

    /** The traces of the results. */
    static JooqResultsOfTraces of(TenantSession tx, List<NewEvaluationResult> results) {
        UUID[] ids = results.stream()
                .map(result -> result.fields().traceId)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
        Map<UUID, UUID> projects = tx.run(dsl -> dsl.select(TRACES.ID, TRACES.PROJECT_ID)
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(TRACES.ID.eq(any(ids)))
                .fetchMap(TRACES.ID, TRACES.PROJECT_ID));
        for (int i = 0; i < results.size(); i++) {
            UUID trace = results.get(i).fields().traceId;
            String path = "results[" + i + "]";
            if (trace == null) {
                throw new InvalidValueException(
                                "trace_id", "The field trace_id is null.", "Give the judged trace.", null)
                        .at(path, null);
            }
            if (!projects.containsKey(trace)) {
                throw new InvalidReferenceException(
                                "trace_id", "There is no trace " + trace + ".", "Record the trace first.", null)
                        .at(path, null);
            }
        }
        return new JooqResultsOfTraces(tx, projects);
    }

    @Override
    public ResultBatch batch() {
        return ResultBatch.ofTraces();
    }

    @Override
    public Object key(ResultFields fields) {
        return Arrays.asList(fields.traceId, fields.testName, fields.variant, fields.repetition);
    }

    @Override
    public void add(ResultBatch batch, UUID resultId, ResultFields fields, @Nullable Instant replacedAt) {
        UUID project = Objects.requireNonNull(projects.get(fields.traceId));
        batch.add(tx.organizationId(), resultId, project, null, fields, replacedAt);
    }

    @Override
    public int add(ResultBatch batch) {
        return table.add(batch);
    }

    @Override
    public int replace(Collection<UUID> ids, Instant at) {
        return table.replace(ids, at);
    }
}
