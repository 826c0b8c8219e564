package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records that are accepted one by one are not refused because together they are too big, and their order makes no difference. */
class TraceUnionTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final UUID SPAN = UUID.randomUUID();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();

    @Test
    void tooManyTagsLeaveTheShortest() {
        List<List<String>> parts = IntStream.range(0, 12)
                .mapToObj(part -> IntStream.range(0, 40)
                        .mapToObj(i -> "tag ä %d %s".formatted(part * i, "x".repeat((part + i) * 7 % 60)))
                        .toList())
                .toList();
        List<String> all = parts.stream().flatMap(List::stream).distinct().toList();

        List<String> kept = inAnyOrder(parts, NewTrace::tags, Trace::tags);

        List<String> missing = all.stream().filter(tag -> !kept.contains(tag)).toList();
        assertThat(kept).isSorted();
        assertThat(missing).isNotEmpty().allSatisfy(tag -> assertThat(kept)
                .allSatisfy(shorter -> assertThat(shorter.length()).isLessThanOrEqualTo(tag.length() + 3)));
        String more = "'" + String.join("','", kept) + "','" + missing.get(0) + "'";
        assertThat(DATABASE.query("SELECT pg_column_size(ARRAY[" + more + "]) > 4096"))
                .as("one more would not fit")
                .containsExactly("t");
    }

    @Test
    void aFullListOfTagsStaysWhole() {
        List<String> full =
                IntStream.range(0, 509).mapToObj(i -> "%04d".formatted(i)).toList();
        UUID id = UUID.randomUUID();
        traces.record(TestTenant.newTrace(id, project).tags(full));
        traces.record(TestTenant.newTrace(id, project).tags(full.subList(0, 1)));

        assertThat(traces.find(id).orElseThrow().tags()).isEqualTo(full);
    }

    @Test
    void metadataThatFitAreTheFirstInTheOrderOfTheirNames() {
        Json kept = inAnyOrder(documents(40_000), NewTrace::metadata, trace -> trace.payload()
                .orElseThrow()
                .metadata());

        assertThat(((Map<?, ?>) Objects.requireNonNull(kept.toJava())).containsKey("promptforge.cut"))
                .isTrue();
        assertThat(kept.storedBytes()).isBetween(200_000L, 262_144L);
    }

    @Test
    void attributesThatFitAreTheFirstInTheOrderOfTheirNames() {
        List<Json> parts = documents(800_000);
        UUID id = UUID.randomUUID();
        for (Json part : parts) {
            traces.record(NewTrace.ofSpans(
                    id,
                    project,
                    List.of(NewSpan.of(SPAN, "s", SpanKind.TOOL, ExecutionStatus.SUCCESS, NOON)
                            .attributes(part))));
        }

        Json kept =
                traces.findSpan(id, SPAN).orElseThrow().payload().orElseThrow().attributes();
        assertThat(((Map<?, ?>) Objects.requireNonNull(kept.toJava())).containsKey("promptforge.cut"))
                .isTrue();
        assertThat(kept.storedBytes()).isBetween(3_000_000L, 4_194_304L);
    }

    /** Objects with members in common. */
    private static List<Json> documents(int bytes) {
        Random random = new Random(7);
        return IntStream.range(0, 10)
                .mapToObj(part -> {
                    Map<String, Object> members = new LinkedHashMap<>();
                    for (int i = 0; i < 4; i++) {
                        members.put("m" + random.nextInt(20), "y".repeat(random.nextInt(bytes)));
                    }
                    members.put("numbers " + part, Collections.nCopies(200, part * 1e100));
                    return Json.of(members);
                })
                .toList();
    }

    private <T, R> R inAnyOrder(List<T> parts, BiFunction<NewTrace, T, NewTrace> setter, Function<Trace, R> getter) {
        R first = null;
        for (int order = 0; order < 4; order++) {
            UUID id = UUID.randomUUID();
            List<T> shuffled = new ArrayList<>(parts);
            Collections.shuffle(shuffled, new Random(order));
            List<NewTrace> records = shuffled.stream()
                    .map(part -> setter.apply(TestTenant.newTrace(id, project), part))
                    .toList();
            int half = order * 3;
            traces.record(records.subList(0, half));
            records.subList(half, records.size()).forEach(traces::record);
            traces.record(records.get(0));
            R stored = getter.apply(traces.find(id).orElseThrow());
            first = first == null ? stored : first;
            assertThat(stored).isEqualTo(first);
        }
        return Objects.requireNonNull(first);
    }
}
