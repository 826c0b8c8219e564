package io.promptforge.dao.trace.ingest;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of a new span or trace has a column that is written, read, merged and compared. */
class RecordedColumnsTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final NewSpan SPAN = NewSpan.of(new UUID(0, 1), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON);
    private static final NewTrace TRACE =
            NewTrace.of(new UUID(1, 1), new UUID(2, 2), "answer", ExecutionStatus.SUCCESS, NOON);

    @Test
    void everyColumnOfSpansIsRecordedOrDerived() {
        assertThat(names(SpanRow.COLUMNS))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        columnsBut(
                                "spans",
                                "organization_id, duration_us, created_at, updated_at, redacted_at, redacted_by, redaction_note"));
    }

    @Test
    void everyColumnOfTracesIsRecordedOrDerived() {
        assertThat(names(TraceRow.COLUMNS))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(columnsBut(
                        "traces",
                        "organization_id, total_tokens, duration_us, created_at, updated_at, occurred_at, redacted_at,"
                                + " redacted_by, redaction_note"));
    }

    @Test
    void everyFieldHasAColumnAndASetter() {
        assertThat(fields(SpanFields.class)).hasSameSizeAs(SpanFields.REPORTED);
        assertThat(fields(TraceFields.class)).hasSameSizeAs(TraceFields.REPORTED);
        assertThat(setters(NewSpan.class).map(Method::getName))
                .contains("revision")
                .containsAll(fields(SpanFields.class, "name", "kind", "status", "startedAt"));
        assertThat(setters(NewTrace.class).map(Method::getName))
                .contains("revision", "spans")
                .containsAll(fields(TraceFields.class, "projectId", "status", "startedAt"));
    }

    static Stream<Method> optionalSetters() {
        return Stream.concat(setters(NewSpan.class), setters(NewTrace.class))
                .filter(setter -> !setter.getName().equals("spans") && !setter.getParameterTypes()[0].isPrimitive());
    }

    @ParameterizedTest
    @MethodSource("optionalSetters")
    void nullMeansNoValue(Method setter) throws ReflectiveOperationException {
        Object record = setter.getDeclaringClass() == NewSpan.class ? SPAN : TRACE;

        assertThat(setter.invoke(record, new Object[] {null})).isEqualTo(record);
    }

    @Test
    void aSetterReturnsANewValue() {
        NewSpan named = SPAN.providerName("openai");

        assertThat(named).isNotEqualTo(SPAN).isEqualTo(SPAN.providerName("openai"));
        assertThat(SPAN.providerName()).isNull();
        assertThat(TRACE.retryCount(1)).isNotEqualTo(TRACE);
        assertThat(TRACE.spans(List.of(named))).isNotEqualTo(TRACE.spans(List.of(SPAN)));
        assertThat(named).asString().contains(SPAN.id().toString()).doesNotContain("openai");
    }

    @Test
    void aPartExceedsTheWholeInNoOrderOfTheSetters() {
        refused("cached_input_tokens", () -> SPAN.inputTokens(1L).cachedInputTokens(2L));
        refused("cached_input_tokens", () -> SPAN.cachedInputTokens(2L).inputTokens(1L));
        refused("cache_creation_input_tokens", () -> SPAN.cacheCreationInputTokens(2L)
                .inputTokens(1L));
        refused("reasoning_output_tokens", () -> SPAN.reasoningOutputTokens(2L).outputTokens(1L));
    }

    private static void refused(String field, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }

    private static <F> List<String> names(List<Column<F, ?>> columns) {
        return columns.stream().map(Column::name).toList();
    }

    private static List<String> columnsBut(String table, String derived) {
        List<String> rest = DATABASE.query(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'promptforge' AND table_name = '"
                        + table + "'");
        return rest.stream()
                .filter(column -> !List.of(derived.split(", ")).contains(column))
                .toList();
    }

    private static List<String> fields(Class<?> type, String... but) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .filter(name -> !List.of(but).contains(name))
                .toList();
    }

    private static Stream<Method> setters(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getReturnType() == type && method.getParameterCount() == 1);
    }
}
