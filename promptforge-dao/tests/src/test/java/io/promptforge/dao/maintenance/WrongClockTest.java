package io.promptforge.dao.maintenance;

import static io.promptforge.dao.maintenance.KeptTraces.NOW;
import static io.promptforge.dao.maintenance.KeptTraces.daysAgo;
import static io.promptforge.dao.maintenance.KeptTraces.partition;
import static io.promptforge.dao.maintenance.KeptTraces.startOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import io.promptforge.dao.trace.TraceRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Traces whose start is far from when they were stored: the clock was wrong, or history is imported. */
class WrongClockTest {
    private static final Instant IN_2262 = Instant.parse("2262-04-11T23:47:16.854775Z");
    private static final Instant IN_1970 = Instant.parse("1970-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MICROSECOND = Duration.ofNanos(1_000);

    private final KeptTraces kept = new KeptTraces();
    private final TraceRepository traces = kept.tenant.tenant().traces();

    @Test
    void theRetentionCountsFromWhenATraceOfAWrongClockWasStored() {
        kept.projectKeeps(kept.project, 10);
        List<Instant> starts = List.of(IN_2262, IN_1970, daysAgo(365));
        List<UUID> young =
                starts.stream().map(start -> stored(daysAgo(9), start)).toList();
        List<UUID> old =
                starts.stream().map(start -> stored(daysAgo(11), start)).toList();

        MaintenanceReport report = kept.maintain();

        assertThat(young).allMatch(kept::isThere);
        assertThat(old).noneMatch(kept::isThere);
        assertThat(report.tracesDeleted()).isEqualTo(3);
        assertThat(kept.count("spans")).isEqualTo(3);
    }

    /** A service whose clock is ahead would delete traces too early. */
    @Test
    void theClockOfTheDatabaseDecidesUnlessAnotherOneIsGiven() {
        kept.projectKeeps(kept.project, 30);
        UUID trace = stored(daysAgo(20), daysAgo(20));
        kept.database.execute("CREATE SCHEMA later; CREATE FUNCTION later.now() RETURNS timestamptz LANGUAGE sql"
                + " AS $$ SELECT pg_catalog.now() + interval '11 days' $$");
        PGSimpleDataSource ahead = (PGSimpleDataSource) kept.database.dataSourceOf("postgres");
        ahead.setOptions("-c search_path=later,pg_catalog");

        kept.database.forge().maintenance().run();
        assertThat(kept.isThere(trace)).isTrue();
        PromptForge.create(ahead).maintenance().run();
        assertThat(kept.isThere(trace)).isFalse();
    }

    @Test
    void aStartUpToADayOffIsTakenAsReported() {
        kept.projectKeeps(kept.project, 10);
        Instant created = daysAgo(10).plusSeconds(3_600);
        UUID dayBefore = stored(created, created.minus(DAY));
        UUID longBefore = stored(created, created.minus(DAY).minus(MICROSECOND));
        Instant earlier = daysAgo(10).minusSeconds(3_600);
        UUID dayAfter = stored(earlier, earlier.plus(DAY));
        UUID longAfter = stored(earlier, earlier.plus(DAY).plus(MICROSECOND));

        kept.maintain();

        assertThat(List.of(longBefore, dayAfter)).allMatch(kept::isThere);
        assertThat(List.of(dayBefore, longAfter)).noneMatch(kept::isThere);
    }

    @Test
    void theMonthOfImportedHistoryIsKeptUntilItExpires() {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(5);
        UUID imported = stored(daysAgo(1), startOf(5).plusSeconds(1));
        kept.traces(100, startOf(5).plusSeconds(2));

        assertThat(kept.maintain().partitionsDropped()).isEmpty();
        assertThat(kept.spans(imported)).isEqualTo(1);
        kept.database.execute(
                "UPDATE promptforge.traces SET created_at = (created_at AT TIME ZONE 'UTC' - interval '60 days') AT TIME ZONE 'UTC'");

        assertThat(kept.maintain().partitionsDropped()).containsExactly(partition(5));
        assertThat(kept.isThere(imported)).isFalse();
    }

    @Test
    void listsAndSumsTakeAStartInTheFutureAsWhenItWasStored() {
        UUID ahead = stored(daysAgo(5), IN_2262);
        UUID before = stored(daysAgo(6), daysAgo(6));
        UUID after = stored(daysAgo(4), daysAgo(4));
        UUID past = stored(daysAgo(3), IN_1970);

        assertThat(traces.list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, PageRequest.first())
                        .items())
                .extracting(Trace::id)
                .containsExactly(after, ahead, before, past);
        assertThat(traces.find(ahead).orElseThrow().startedAt()).isEqualTo(IN_2262);
        TraceFilter dayOfStoring = TraceFilter.all()
                .startedFrom(daysAgo(5))
                .startedBefore(daysAgo(5).plusSeconds(1));
        assertThat(traces.count(dayOfStoring)).isEqualTo(1);
        assertThat(traces.summary(dayOfStoring).traces()).isEqualTo(1);
        assertThat(traces.count(TraceFilter.all().startedFrom(NOW.plus(DAY)))).isZero();
        assertThat(traces.deleteAll(TraceFilter.all().startedBefore(daysAgo(4))))
                .isEqualTo(3);
    }

    @Test
    void pagesGoThroughTracesOfWrongClocks() {
        List<UUID> all =
                List.of(stored(daysAgo(1), IN_2262), stored(daysAgo(2), IN_2262), stored(daysAgo(3), daysAgo(3)));

        PageRequest one = PageRequest.first(1);
        for (UUID expected : all) {
            var page = traces.list(TraceFilter.all().projectId(kept.project), TraceOrder.NEWEST_FIRST, one);
            assertThat(page.items()).extracting(Trace::id).containsExactly(expected);
            one = page.next().map(PageRequest.first(1)::after).orElse(one);
        }
    }

    private UUID stored(Instant created, Instant start) {
        UUID id = kept.trace(start);
        kept.database.execute("UPDATE promptforge.traces SET created_at = '%s' WHERE id = '%s'".formatted(created, id));
        return id;
    }
}
