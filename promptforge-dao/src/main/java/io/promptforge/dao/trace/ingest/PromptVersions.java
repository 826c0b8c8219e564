package io.promptforge.dao.trace.ingest;

import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the prompt versions that telemetry reports, by one statement, and none if no trace reports one. */
final class PromptVersions {
    /** Scalar subqueries, so that each row is sought by a key, and by the name only if not found by the id. */
    private static final IngestStatement FIND = new IngestStatement("""
            SELECT r.trace_id, coalesce(
                (SELECT v.id
                    FROM {schema}.prompt_versions AS v
                    JOIN {schema}.prompts AS p ON p.organization_id = v.organization_id AND p.id = v.prompt_id
                    WHERE v.organization_id = ? AND v.id = r.version_id AND p.project_id = r.project_id),
                (SELECT v.id
                    FROM {schema}.prompts AS p
                    JOIN {schema}.prompt_versions AS v ON v.organization_id = p.organization_id AND v.prompt_id = p.id
                    WHERE p.organization_id = ? AND p.project_id = r.project_id AND p.name = r.name
                        AND v.version_number = r.version_number))
            FROM unnest(
                CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS integer[]))
                AS r (trace_id, project_id, version_id, name, version_number)
            """);

    private static final Selection FOUND = Selection.of(TRACES.ID, TRACES.PROMPT_VERSION_ID);

    private final List<UUID> traces = new ArrayList<>();
    private final List<UUID> projects = new ArrayList<>();
    private final List<@Nullable UUID> ids = new ArrayList<>();
    private final List<@Nullable String> names = new ArrayList<>();
    private final List<@Nullable Integer> numbers = new ArrayList<>();

    private PromptVersions() {}

    /**
     * The prompt versions of these traces, by the ids of the traces. Left out is a trace that reports an id of its own, and one whose
     * project has no such version.
     */
    static Map<UUID, UUID> find(TenantSession session, Collection<TraceFields> traces) {
        PromptVersions sought = new PromptVersions();
        traces.forEach(sought::add);
        return sought.traces.isEmpty() ? Map.of() : sought.fetch(session);
    }

    private void add(TraceFields trace) {
        ReportedPrompt prompt = trace.promptVersionId == null ? ReportedPrompt.of(trace.metadata) : null;
        if (prompt != null) {
            traces.add(trace.id);
            projects.add(trace.projectId);
            ids.add(prompt.versionId());
            names.add(prompt.name());
            numbers.add(prompt.versionNumber());
        }
    }

    private Map<UUID, UUID> fetch(TenantSession session) {
        Map<UUID, UUID> found = new HashMap<>();
        List<Object> arguments = List.of(
                session.organizationId(),
                session.organizationId(),
                BoundArray.ofIds(traces),
                BoundArray.ofIds(projects),
                BoundArray.ofIds(ids),
                new BoundArray("text", names.toArray(String[]::new)),
                new BoundArray("int4", numbers.toArray(Integer[]::new)));
        session.session()
                .read(FIND.with(
                        session.session(),
                        arguments,
                        rows -> FOUND.forEach(rows, row -> {
                            UUID trace = row.take(TRACES.ID);
                            row.takeOptional(TRACES.PROMPT_VERSION_ID).ifPresent(version -> found.put(trace, version));
                        })));
        return found;
    }
}
