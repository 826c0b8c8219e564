package io.promptforge.dao.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** However broken the parents are, every span is shown exactly once. */
class SpanForestTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();

    @Test
    void aSpanWhoseParentIsNotThereIsARootAmongTheRootsByItsStart() {
        List<SpanNode> roots = stored(span(1, null), span(2, 99), span(3, null), span(4, 2));

        assertThat(numbers(roots)).containsExactly(1L, 2L, 3L);
        assertThat(numbers(roots.get(1).children())).containsExactly(4L);
    }

    @Test
    void theFirstSpanOfACycleIsTheRoot() {
        List<SpanNode> roots = stored(span(1, null), span(2, 4), span(3, 2), span(4, 3), span(5, 4));

        assertThat(numbers(roots)).containsExactly(1L, 2L);
        assertThat(numbersOfAll(roots)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
        assertThat(numbers(roots.get(1).children())).containsExactly(3L);
    }

    @Test
    void descendantsOfACycleAreShownOnce() {
        List<SpanNode> roots = stored(span(1, 3), span(2, 3), span(3, 2), span(4, 1));

        assertThat(numbersOfAll(roots)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    @Test
    void aChainOfTenThousandSpansIsOneBranch() {
        List<NewSpan> chain = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            chain.add(span(i, i == 1 ? null : i - 1));
        }
        Collections.shuffle(chain, new Random(1));

        List<SpanNode> roots = stored(chain.toArray(NewSpan[]::new));

        assertThat(roots).hasSize(1);
        int depth = 0;
        for (List<SpanNode> level = roots;
                !level.isEmpty();
                level = level.get(0).children()) {
            assertThat(level).hasSize(1);
            depth++;
        }
        assertThat(depth).isEqualTo(10_000);
    }

    @Test
    void tenThousandChildrenKeepTheOrderOfTheirStart() {
        List<NewSpan> flat = new ArrayList<>(List.of(span(0, null)));
        for (int i = 1; i <= 10_000; i++) {
            flat.add(span(i, 0));
        }

        List<SpanNode> roots = stored(flat.toArray(NewSpan[]::new));

        assertThat(numbers(roots.get(0).children())).hasSize(10_000).isSorted();
    }

    @Test
    void aSpanThatIsThereTwiceWithDifferentStartsIsShownOnce() {
        UUID id = record(span(1, null), span(2, 1));
        DATABASE.execute("INSERT INTO promptforge.spans (organization_id, trace_id, id, started_at, name, kind, status)"
                + " SELECT organization_id, trace_id, id, started_at + interval '1 second', 'again', kind, status"
                + " FROM promptforge.spans WHERE parent_id IS NULL AND trace_id = '" + id + "'");

        List<SpanNode> roots = fixture.tenant().traces().tree(id).orElseThrow().roots();

        assertThat(numbersOfAll(roots)).containsExactly(1L, 2L);
    }

    private List<SpanNode> stored(NewSpan... spans) {
        return fixture.tenant().traces().tree(record(spans)).orElseThrow().roots();
    }

    private UUID record(NewSpan... spans) {
        UUID id = UUID.randomUUID();
        fixture.tenant()
                .traces()
                .record(TestTenant.newTrace(id, fixture.project().id()).spans(List.of(spans)));
        return id;
    }

    private static NewSpan span(int number, @Nullable Integer parent) {
        return NewSpan.of(
                        new UUID(0, number),
                        "span " + number,
                        SpanKind.CHAIN,
                        ExecutionStatus.SUCCESS,
                        TestTenant.NOON.plusMillis(number))
                .parentId(parent == null ? null : new UUID(0, parent));
    }

    private static List<Long> numbers(List<SpanNode> nodes) {
        return nodes.stream()
                .map(node -> node.span().id().getLeastSignificantBits())
                .toList();
    }

    private static List<Long> numbersOfAll(List<SpanNode> roots) {
        List<Long> numbers = new ArrayList<>();
        Deque<SpanNode> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            SpanNode node = open.pop();
            numbers.add(node.span().id().getLeastSignificantBits());
            open.addAll(node.children());
        }
        return numbers;
    }
}
