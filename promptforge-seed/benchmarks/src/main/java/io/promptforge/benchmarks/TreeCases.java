package io.promptforge.benchmarks;

import io.promptforge.benchmarks.ReadCase.ReadCases;
import io.promptforge.dao.trace.Span;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceTree;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A trace with all its spans, as a tree. */
record TreeCases(Workspace workspace) implements ReadCases {
    /** The numbers of traces, by their number of spans. */
    private static final Map<Integer, Integer> TRACES = Map.of(10, 20, 300, 10, 3_000, 3);

    /** The statement that PromptForge runs. */
    private static final String TREE = """
            SELECT trace.id, trace.project_id, trace.parent_trace_id, trace.external_id, trace.name, trace.status,
                trace.started_at, trace.ended_at, trace.environment, trace.session_id, trace.end_user_id,
                trace.prompt_version_id, trace.model_id, trace.provider_name, trace.model_name, trace.retry_count,
                trace.error_type, trace.error_message, trace.tags, trace.span_count, trace.input_tokens, trace.output_tokens,
                trace.cost, trace.created_at, trace.updated_at,
                span.trace_id, span.id, span.parent_id, span.name, span.kind, span.status, span.started_at, span.ended_at,
                span.operation_name, span.provider_name, span.request_model, span.response_model, span.response_id,
                span.model_id, span.finish_reasons, span.temperature, span.max_tokens, span.time_to_first_token_us,
                span.input_tokens, span.output_tokens, span.cached_input_tokens, span.cache_creation_input_tokens,
                span.reasoning_output_tokens, span.cost, span.error_type, span.error_message
            FROM (
                SELECT id, project_id, parent_trace_id, external_id, name, status, started_at, ended_at, environment,
                    session_id, end_user_id, prompt_version_id, model_id, provider_name, model_name, retry_count,
                    error_type, error_message, tags, span_count, input_tokens, output_tokens, cost, created_at, updated_at
                FROM traces
                WHERE organization_id = ? AND id = ?
            ) AS trace
            FULL OUTER JOIN (
                SELECT trace_id, id, parent_id, name, kind, status, started_at, ended_at, operation_name, provider_name,
                    request_model, response_model, response_id, model_id, finish_reasons, temperature, max_tokens,
                    time_to_first_token_us, input_tokens, output_tokens, cached_input_tokens,
                    cache_creation_input_tokens, reasoning_output_tokens, cost, error_type, error_message
                FROM spans
                WHERE organization_id = ? AND trace_id = ?
            ) AS span
            ON FALSE
            ORDER BY span.started_at ASC NULLS FIRST, span.id
            """;

    static String name(int spans) {
        return "tree of " + Markdown.number(spans) + " spans";
    }

    @Override
    public void prepare() {
        new TreeMap<>(TRACES)
                .forEach((spans, count) -> workspace.store(Stream.generate(
                                () -> workspace.supply().one(workspace.scale().rows(spans)))
                        .limit(workspace.scale().rows(count))
                        .toList()));
    }

    @Override
    public Stream<ReadCase<?>> reads() {
        return TRACES.keySet().stream()
                .map(workspace.scale()::rows)
                .distinct()
                .sorted()
                .map(this::of);
    }

    private ReadCase<UUID> of(int spans) {
        List<UUID> ids =
                workspace
                        .database()
                        .query("SELECT id FROM traces WHERE name = '" + TraceSupply.name(spans) + "'")
                        .stream()
                        .map(UUID::fromString)
                        .toList();
        int times = workspace.scale().calls(Math.max(2, 2_000 / spans / ids.size()));
        return new ReadCase<>(name(spans), ids, times)
                .by(ReadCase.JDBC, this::byJdbc)
                .by(Case.PROMPTFORGE, id -> workspace.tenant().traces().tree(id).orElseThrow())
                .by("Hibernate", this::byHibernate)
                .by("JDBI", this::byJdbi);
    }

    private TraceTree byJdbc(UUID id) throws SQLException {
        try (Connection connection = workspace.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(TREE)) {
            select.setObject(1, workspace.organizationId());
            select.setObject(2, id);
            select.setObject(3, workspace.organizationId());
            select.setObject(4, id);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Trace trace = JdbcRecords.trace(row);
                List<Span> spans = new ArrayList<>();
                while (row.next()) {
                    spans.add(JdbcRecords.span(row));
                }
                return new TraceTree(trace, HandWrittenTree.of(spans));
            }
        }
    }

    private TraceTree byJdbi(UUID id) {
        List<Object> rows = workspace.jdbi().withHandle(handle -> handle.createQuery(TREE)
                .bind(0, workspace.organizationId())
                .bind(1, id)
                .bind(2, workspace.organizationId())
                .bind(3, id)
                .<Object>map((row, context) -> row.isFirst() ? JdbcRecords.trace(row) : JdbcRecords.span(row))
                .list());
        List<Span> spans =
                rows.subList(1, rows.size()).stream().map(Span.class::cast).toList();
        return new TraceTree((Trace) rows.get(0), HandWrittenTree.of(spans));
    }

    private TraceTree byHibernate(UUID id) {
        return workspace.hibernate().callInTransaction(manager -> {
            TraceEntity.Shown trace =
                    manager.find(TraceEntity.Shown.class, new MappedTrace.Key(workspace.organizationId(), id));
            List<Span> spans = manager.createQuery(
                            "FROM ShownSpan WHERE organizationId = :organization AND traceId = :trace"
                                    + " ORDER BY startedAt, id",
                            SpanEntity.Shown.class)
                    .setParameter("organization", workspace.organizationId())
                    .setParameter("trace", id)
                    .getResultStream()
                    .map(HibernateRecords::span)
                    .toList();
            return new TraceTree(HibernateRecords.trace(trace), HandWrittenTree.of(spans));
        });
    }
}
