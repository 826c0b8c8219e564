package io.promptforge.dao.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Spans of months that have no partition yet. */
class MissingPartitionsTest {
    private final ClassDatabase database = ClassDatabase.migrated();
    private final TestTenant fixture = database.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void aMonthWithoutPartitionGetsOneWithTheFirstOfItsSpans() {
        Instant longAgo = monthsAgo(30);

        traces.record(of(longAgo));

        assertThat(tables()).containsExactly(partition(longAgo));
    }

    @Test
    void soDoesAMonthThatASpansStartIsCorrectedTo() {
        traces.record(of(monthsAgo(0)));
        Instant corrected = monthsAgo(31);

        traces.record(of(corrected));

        assertThat(tables()).containsExactly(partition(corrected));
    }

    @Test
    void writersAtOnceNeitherFailNorLeaveASpanBehind() {
        AtOnce.get(8, thread -> {
            for (int i = 0; i < 5; i++) {
                traces.record(NewTrace.ofSpans(
                        UUID.randomUUID(), project, List.of(span(UUID.randomUUID(), monthsAgo(40 + i)))));
            }
            return thread;
        });

        assertThat(database.query("SELECT count(*) FROM promptforge.spans")).containsExactly("40");
        assertThat(database.query("SELECT count(*) FROM promptforge.spans_default"))
                .containsExactly("0");
    }

    @Test
    void insideACallersTransactionTheSpansWaitForTheMaintenance() {
        Instant longAgo = monthsAgo(30);

        fixture.tenant().transaction(tx -> {
            tx.traces().record(of(longAgo));
            return true;
        });

        assertThat(tables()).containsExactly("promptforge.spans_default");
        assertThat(traces.tree(id).orElseThrow().roots()).hasSize(1);
        database.forge().maintenance().run();
        assertThat(tables()).containsExactly(partition(longAgo));
    }

    @Test
    void anAbsurdMonthStaysInTheDefaultPartition() {
        traces.record(of(Instant.parse("1970-01-01T00:00:00Z")));

        assertThat(tables()).containsExactly("promptforge.spans_default");
        assertThat(traces.tree(id).orElseThrow().roots()).hasSize(1);
    }

    private NewTrace of(Instant start) {
        return NewTrace.ofSpans(id, project, List.of(span(new UUID(0, 1), start)));
    }

    private static NewSpan span(UUID id, Instant start) {
        return NewSpan.of(id, "call", SpanKind.LLM, ExecutionStatus.RUNNING, start);
    }

    /** By the clock, which decides what months there are. */
    private static Instant monthsAgo(int months) {
        return OffsetDateTime.now(ZoneOffset.UTC)
                .withDayOfMonth(2)
                .minusMonths(months)
                .toInstant();
    }

    private static String partition(Instant start) {
        OffsetDateTime month = start.atOffset(ZoneOffset.UTC);
        return "promptforge.spans_y%04dm%02d".formatted(month.getYear(), month.getMonthValue());
    }

    private List<String> tables() {
        return database
                .query("SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'promptforge.spans'::regclass")
                .stream()
                .filter(partition -> !database.query("SELECT 1 FROM " + partition + " WHERE trace_id = '" + id + "'")
                        .isEmpty())
                .toList();
    }
}
