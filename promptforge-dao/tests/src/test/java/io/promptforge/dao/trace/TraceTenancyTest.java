package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trace of another tenant is not there. */
class TraceTenancyTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant theirs = DATABASE.newTenant();
    private final UUID theirProject = theirs.project().id();
    private final UUID id = UUID.randomUUID();
    private final NewSpan span = span();
    private final TraceRepository mine = DATABASE.newTenant().tenant().traces();

    private static NewSpan span() {
        return NewSpan.of(UUID.randomUUID(), "s", SpanKind.TOOL, ExecutionStatus.SUCCESS, NOON);
    }

    @BeforeEach
    void record() {
        theirs.tenant()
                .traces()
                .record(TestTenant.newTrace(id, theirProject).parentTraceId(id).spans(List.of(span)));
    }

    @AfterEach
    void nothingOfTheirsIsChanged() {
        TraceTree tree = theirs.tenant().traces().tree(id).orElseThrow();
        assertThat(tree.trace().status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(tree.trace().totals().spanCount()).isEqualTo(1);
        assertThat(tree.roots()).hasSize(1);
    }

    @Test
    void itIsNotRead() {
        assertThat(mine.find(id)).isEmpty();
        assertThat(mine.tree(id)).isEmpty();
        assertThat(mine.treeWithPayloads(id)).isEmpty();
        assertThat(mine.findSpan(id, span.id())).isEmpty();
        assertThat(mine.children(id, PageRequest.first()).items()).isEmpty();
        assertThat(mine.list(
                                TraceFilter.all().projectId(theirProject),
                                TraceOrder.MOST_EXPENSIVE_FIRST,
                                PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(mine.summary(TraceFilter.all()).traces()).isZero();
    }

    @Test
    void itIsNotChanged() {
        assertThatThrownBy(() -> mine.addSpans(id, List.of(span()))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> mine.addSpans(id, List.of(span))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> mine.finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, NOON.plusSeconds(1))))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void itIsNotDeleted() {
        assertThatThrownBy(() -> mine.delete(id)).isInstanceOf(NotFoundException.class);
        assertThat(mine.deleteAll(List.of(id))).isZero();
        assertThat(mine.deleteAll(TraceFilter.all())).isZero();
        assertThat(mine.deleteAll(TraceFilter.all().projectId(theirProject))).isZero();
    }
}
