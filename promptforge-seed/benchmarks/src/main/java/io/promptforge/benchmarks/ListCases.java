package io.promptforge.benchmarks;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import jakarta.persistence.TypedQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** A page of the list of traces, the newest first: the first one and one far behind, which is to cost the same. */
record ListCases(Workspace workspace) {
    static final String FIRST_PAGE = "PromptForge, page 1";

    private static final int SIZE = PageRequest.DEFAULT_SIZE;
    private static final long FAR = 10_000;
    private static final int CALLS = 200;

    private static final String COLUMNS = """
            SELECT id, project_id, parent_trace_id, external_id, name, status, started_at, ended_at, environment,
                session_id, end_user_id, prompt_version_id, model_id, provider_name, model_name, retry_count, error_type,
                error_message, span_count, input_tokens, output_tokens, cost, created_at, updated_at, duration_us,
                total_tokens
            FROM traces
            """;

    /** What jOOQ makes of ours. */
    private static final String FIRST = COLUMNS
            + "WHERE organization_id = ? ORDER BY started_at DESC, id DESC FETCH NEXT " + (SIZE + 1) + " ROWS ONLY";

    private static final String BEHIND = COLUMNS
            + "WHERE organization_id = ? AND (started_at, id) < (SELECT CAST(? AS timestamptz), CAST(? AS uuid))"
            + " ORDER BY started_at DESC, id DESC FETCH NEXT " + (SIZE + 1) + " ROWS ONLY";

    static String nameOfFirst() {
        return "list page 1";
    }

    static String nameOfFar(long page) {
        return "list page " + Report.number(page) + (page < FAR ? " (the last full one)" : "");
    }

    Stream<Case> all() {
        return Stream.of(false, true).map(far -> far ? far() : first());
    }

    private Case first() {
        return reading(Position.FIRST).named(nameOfFirst());
    }

    private Case far() {
        Position far = walk();
        Reading<Position> firstAgain = new Reading<>(List.of(Position.FIRST), CALLS).by(FIRST_PAGE, this::byOurs);
        return reading(far)
                .named(nameOfFar(far.page()))
                .with(firstAgain.named(FIRST_PAGE).contenders());
    }

    private Reading<Position> reading(Position position) {
        return new Reading<>(List.of(position), CALLS)
                .by("JDBC", this::byJdbc)
                .by(IngestCases.OURS, this::byOurs)
                .by("Hibernate", this::byHibernate)
                .by("JDBI", this::byJdbi);
    }

    /** Goes there page by page; where there is no page so far behind, to the last full one. */
    private Position walk() {
        PageRequest request = PageRequest.first(SIZE);
        Position last = Position.FIRST;
        Position beforeLast = last;
        for (long page = 2; page <= FAR; page++) {
            Page<Trace> read = workspace.tenant().traces().list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, request);
            if (read.next().isEmpty()) {
                return beforeLast;
            }
            request = request.after(read.next().get());
            beforeLast = last;
            last = new Position(page, request, read.items().get(SIZE - 1));
        }
        return last;
    }

    private List<Trace> byOurs(Position position) {
        return workspace
                .tenant()
                .traces()
                .list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, position.request())
                .items();
    }

    private List<Trace> byJdbc(Position position) throws SQLException {
        @Nullable Trace last = position.last();
        try (Connection connection = workspace.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(last == null ? FIRST : BEHIND)) {
            int parameter = 1;
            select.setObject(parameter++, workspace.organizationId());
            if (last != null) {
                select.setObject(parameter++, last.startedAt().atOffset(ZoneOffset.UTC));
                select.setObject(parameter, last.id());
            }
            List<Trace> traces = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && traces.size() < SIZE) {
                    traces.add(JdbcRows.trace(row));
                }
            }
            return traces;
        }
    }

    private List<Trace> byJdbi(Position position) {
        @Nullable Trace last = position.last();
        return workspace.jdbi().withHandle(handle -> {
            Query query = handle.createQuery(last == null ? FIRST : BEHIND);
            int parameter = 0;
            query.bind(parameter++, workspace.organizationId());
            if (last != null) {
                query.bind(parameter++, last.startedAt().atOffset(ZoneOffset.UTC));
                query.bind(parameter, last.id());
            }
            return query.map((row, context) -> JdbcRows.trace(row)).list().subList(0, SIZE);
        });
    }

    private List<Trace> byHibernate(Position position) {
        @Nullable Trace last = position.last();
        return workspace.hibernate().callInTransaction(manager -> {
            TypedQuery<TraceEntity.Shown> query = manager.createQuery(
                            "FROM ShownTrace WHERE organizationId = :organization"
                                    + (last == null ? "" : " AND (startedAt, id) < (:startedAt, :id)")
                                    + " ORDER BY startedAt DESC, id DESC",
                            TraceEntity.Shown.class)
                    .setParameter("organization", workspace.organizationId())
                    .setMaxResults(SIZE + 1);
            if (last != null) {
                query.setParameter("startedAt", last.startedAt()).setParameter("id", last.id());
            }
            return query.getResultStream().limit(SIZE).map(HibernateRows::trace).toList();
        });
    }

    /**
     * Where a page begins.
     *
     * @param page its number
     * @param request the page for ours
     * @param last the trace before it; null before the first page
     */
    private record Position(
            long page, PageRequest request, @Nullable Trace last) {
        static final Position FIRST = new Position(1, PageRequest.first(SIZE), null);
    }
}
