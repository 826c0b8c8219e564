package io.promptforge.dao.trace.ingest;

import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Finds the new traces of projects that do not exist, by one statement. A project may be deleted while services still record its
 * traces: then all that they send is refused, and an attempt for each of them would be costly.
 */
final class MissingProjects {
    /** Scalar subqueries, so that each row is sought by its key. */
    private static final IngestStatement FIND = new IngestStatement("""
            SELECT r.id
            FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[])) AS r (id, project_id)
            WHERE (SELECT p.id FROM {schema}.projects AS p WHERE p.organization_id = ? AND p.id = r.project_id) IS NULL
                AND (SELECT t.id FROM {schema}.traces AS t WHERE t.organization_id = ? AND t.id = r.id) IS NULL
            """);

    private static final Selection FOUND = Selection.of(TRACES.ID);

    private MissingProjects() {}

    /** The ids of those of the traces that are not stored, and whose project does not exist. */
    static Set<UUID> ofNew(List<TraceFields> traces, TenantSession session) {
        return new HashSet<>(FIND.fetch(
                session,
                List.of(
                        BoundArray.ofIds(traces.stream().map(trace -> trace.id).toList()),
                        BoundArray.ofIds(
                                traces.stream().map(trace -> trace.projectId).toList()),
                        session.organizationId(),
                        session.organizationId()),
                FOUND,
                row -> row.take(TRACES.ID)));
    }

    static FieldException refusal() {
        return new InvalidReferenceException(
                TRACES.PROJECT_ID.getName(),
                "The field project_id refers to a row that does not exist.",
                "Give the id of a project of this organization.",
                null);
    }
}
