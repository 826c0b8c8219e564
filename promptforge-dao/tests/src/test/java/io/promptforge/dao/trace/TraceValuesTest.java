package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The values that a field has, for a drop-down. */
class TraceValuesTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID other = fixture.project().id();

    @ParameterizedTest
    @EnumSource(TraceField.class)
    void eachValueIsFoundOnceWithinProjectsAndPeriod(TraceField field) {
        TestTenant stranger = DATABASE.newTenant();
        stranger.tenant()
                .traces()
                .record(with(field, "theirs", stranger.project().id(), 0));
        traces.record(List.of(
                with(field, "b", project, 0),
                with(field, "b", project, 1),
                with(field, "a", project, 2),
                with(field, "c", other, 1),
                NewTrace.of(UUID.randomUUID(), project, "none", ExecutionStatus.RUNNING, NOON)));
        TraceValueFilter all = TraceValueFilter.all();

        assertThat(traces.findValues(field, all)).containsExactly("a", "b", "c");
        assertThat(traces.findValues(field, all.projectIds(List.of(project)))).containsExactly("a", "b");
        assertThat(traces.findValues(field, all.projectIds(List.of(project, other))))
                .containsExactly("a", "b", "c");
        assertThat(traces.findValues(field, all.projectIds(List.of()))).isEmpty();
        assertThat(traces.findValues(field, all.startedFrom(NOON.plusSeconds(1))))
                .containsExactly("a", "b", "c");
        assertThat(traces.findValues(field, all.startedBefore(NOON.plusSeconds(1))))
                .containsExactly("b");
        assertThat(traces.findValues(
                        field,
                        all.projectIds(List.of(other))
                                .startedFrom(NOON.plusSeconds(1))
                                .startedBefore(NOON.plusSeconds(2))))
                .containsExactly("c");
        assertThat(traces.findValues(field, all.startedFrom(NOON.plusSeconds(3))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TraceField.class)
    void aHundredValuesAreFoundAtMost(TraceField field) {
        List<NewTrace> many = new ArrayList<>();
        for (int i = 100; i < 250; i++) {
            many.add(with(field, "value " + i, project, i));
            many.add(with(field, "value " + i, other, i));
        }
        traces.record(many);

        assertThat(traces.findValues(field, TraceValueFilter.all()))
                .hasSize(100)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void allTagsAndKeysOfATraceAreFound() {
        traces.record(List.of(of(
                trace -> trace.tags(List.of("x", "y")).metadata(Json.parse("{\"k1\": 1, \"k2\": {\"inner\": 2}}")),
                project,
                0)));

        assertThat(traces.findValues(TraceField.TAG, TraceValueFilter.all())).containsExactly("x", "y");
        assertThat(traces.findValues(TraceField.METADATA_KEY, TraceValueFilter.all()))
                .containsExactly("k1", "k2");
    }

    private static NewTrace with(TraceField field, String value, UUID project, int second) {
        return of(
                trace -> switch (field) {
                    case ENVIRONMENT -> trace.environment(value);
                    case PROVIDER_NAME -> trace.providerName(value);
                    case MODEL_NAME -> trace.modelName(value);
                    case ERROR_TYPE -> trace.errorType(value);
                    case TAG -> trace.tags(List.of(value));
                    case METADATA_KEY -> trace.metadata(Json.parse("{\"" + value + "\": true}"));
                },
                project,
                second);
    }

    private static NewTrace of(UnaryOperator<NewTrace> change, UUID project, int second) {
        return change.apply(
                NewTrace.of(UUID.randomUUID(), project, "t", ExecutionStatus.RUNNING, NOON.plusSeconds(second)));
    }
}
