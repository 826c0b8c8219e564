package io.promptforge.benchmarks;

import io.promptforge.benchmarks.ReadCase.ReadCases;
import io.promptforge.dao.Tenant;
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

/** A page of the list of traces, the newest first: the first page and one far behind, which should take equally long. */
record ListCases(Workspace workspace) implements ReadCases {
    static final String NAME_OF_FIRST = "list page 1";

    private static final String FIRST_PAGE = "PromptForge, page 1";
    private static final long FAR = 10_000;
    private static final int CALLS = 200;

    private static final String COLUMNS =
            "SELECT " + JdbcRecords.TRACE + ", duration_us, total_tokens, occurred_at FROM traces ";

    /** The statements that PromptForge runs. */
    private static final String FIRST =
            COLUMNS + "WHERE organization_id = ? ORDER BY occurred_at DESC, id DESC FETCH NEXT %d ROWS ONLY";

    private static final String BEHIND = COLUMNS
            + "WHERE organization_id = ? AND (occurred_at, id) < (SELECT CAST(? AS timestamptz), CAST(? AS uuid))"
            + " ORDER BY occurred_at DESC, id DESC FETCH NEXT %d ROWS ONLY";

    @Override
    public Stream<ReadCase<?>> reads() {
        return Stream.of(first());
    }

    @Override
    public Stream<Case> cases() {
        return Stream.concat(ReadCases.super.cases(), Stream.of(FAR).map(this::far));
    }

    private ReadCase<Position> first() {
        return reading(NAME_OF_FIRST, Position.first(size()));
    }

    private Case far(long most) {
        Position far = walk(most);
        String name = "list page " + Markdown.number(far.page()) + (far.page() < most ? " (the last full one)" : "");
        ReadCase<Position> firstAgain =
                new ReadCase<>(name, List.of(Position.first(size())), calls()).by(FIRST_PAGE, this::byPromptForge);
        return reading(name, far)
                .asCase()
                .with(firstAgain.asCase().contenders().get(0))
                .promising(FIRST_PAGE, 1.1);
    }

    private ReadCase<Position> reading(String name, Position position) {
        return new ReadCase<>(name, List.of(position), calls())
                .by(ReadCase.JDBC, this::byJdbc)
                .by(Case.PROMPTFORGE, this::byPromptForge)
                .by(Case.CONFINED, it -> by(workspace.confined(), it))
                .by("Hibernate", this::byHibernate)
                .by("JDBI", this::byJdbi);
    }

    private int size() {
        return workspace.scale().rows(PageRequest.DEFAULT_SIZE);
    }

    private int calls() {
        return workspace.scale().calls(CALLS);
    }

    /** Reads page by page up to this page, or to the last full one if there are fewer. */
    private Position walk(long most) {
        PageRequest request = PageRequest.first(size());
        Position last = Position.first(size());
        Position beforeLast = last;
        for (long page = 2; page <= most; page++) {
            Page<Trace> read = workspace.tenant().traces().list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, request);
            if (read.next().isEmpty()) {
                return beforeLast;
            }
            request = request.after(read.next().get());
            beforeLast = last;
            last = new Position(page, request, read.items().get(size() - 1));
        }
        return last;
    }

    private List<Trace> byPromptForge(Position position) {
        return by(workspace.tenant(), position);
    }

    private static List<Trace> by(Tenant tenant, Position position) {
        return tenant.traces()
                .list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, position.request())
                .items();
    }

    private List<Trace> byJdbc(Position position) throws SQLException {
        @Nullable Trace last = position.last();
        try (Connection connection = workspace.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(text(last))) {
            int parameter = 1;
            select.setObject(parameter++, workspace.organizationId());
            if (last != null) {
                select.setObject(parameter++, last.startedAt().atOffset(ZoneOffset.UTC));
                select.setObject(parameter, last.id());
            }
            List<Trace> traces = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && traces.size() < size()) {
                    traces.add(JdbcRecords.trace(row));
                }
            }
            return traces;
        }
    }

    private String text(@Nullable Trace last) {
        return (last == null ? FIRST : BEHIND).formatted(size() + 1);
    }

    private List<Trace> byJdbi(Position position) {
        @Nullable Trace last = position.last();
        return workspace.jdbi().withHandle(handle -> {
            Query query = handle.createQuery(text(last));
            int parameter = 0;
            query.bind(parameter++, workspace.organizationId());
            if (last != null) {
                query.bind(parameter++, last.startedAt().atOffset(ZoneOffset.UTC));
                query.bind(parameter, last.id());
            }
            return query.map((row, context) -> JdbcRecords.trace(row)).list().subList(0, size());
        });
    }

    private List<Trace> byHibernate(Position position) {
        @Nullable Trace last = position.last();
        return workspace.hibernate().callInTransaction(manager -> {
            TypedQuery<TraceEntity.Shown> query = manager.createQuery(
                            "FROM ShownTrace WHERE organizationId = :organization"
                                    + (last == null ? "" : " AND (occurredAt, id) < (:occurredAt, :id)")
                                    + " ORDER BY occurredAt DESC, id DESC",
                            TraceEntity.Shown.class)
                    .setParameter("organization", workspace.organizationId())
                    .setMaxResults(size() + 1);
            if (last != null) {
                query.setParameter("occurredAt", last.startedAt()).setParameter("id", last.id());
            }
            return query.getResultStream()
                    .limit(size())
                    .map(TraceEntity.Shown::trace)
                    .toList();
        });
    }

    /**
     * The position of a page in the list.
     *
     * @param page its number
     * @param request the page as PromptForge is asked for it
     * @param last the trace before it; null for the first page
     */
    private record Position(
            long page, PageRequest request, @Nullable Trace last) {
        static Position first(int size) {
            return new Position(1, PageRequest.first(size), null);
        }
    }
}
