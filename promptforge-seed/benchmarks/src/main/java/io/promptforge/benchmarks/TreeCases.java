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
            SELECT trace.*, span.*
            FROM (SELECT %s FROM traces WHERE organization_id = ? AND id = ?) AS trace
            FULL OUTER JOIN (SELECT %s FROM spans WHERE organization_id = ? AND trace_id = ?) AS span
            ON FALSE
            ORDER BY span.started_at ASC NULLS FIRST, span.id
            """.formatted(JdbcRecords.TRACE, JdbcRecords.SPAN);

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
                .by(Case.CONFINED, id -> workspace.confined().traces().tree(id).orElseThrow())
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
                    .map(SpanEntity.Shown::span)
                    .toList();
            return new TraceTree(trace.trace(), HandWrittenTree.of(spans));
        });
    }
}
