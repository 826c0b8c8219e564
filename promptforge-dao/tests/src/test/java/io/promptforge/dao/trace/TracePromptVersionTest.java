package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.BeforeStatement;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The prompt version that the metadata of a trace names. */
class TracePromptVersionTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final RecordedStatements STATEMENTS = new RecordedStatements(DATABASE.dataSource());

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = PromptForge.create(STATEMENTS.dataSource())
            .tenant(fixture.organization().id())
            .traces();
    private final UUID project = fixture.project().id();
    private final ResolvedPrompt prompt = fixture.prompt(project);
    private final String name = prompt.prompt().name();
    private final UUID first = prompt.version().id();
    private final UUID second = fixture.tenant()
            .prompts()
            .commit(prompt.prompt().id(), NewPromptVersion.of("another text"))
            .version()
            .id();
    private final UUID id = UUID.randomUUID();

    @Test
    void itIsFoundByItsId() {
        traces.record(trace().metadata(prompt(Map.of("version_id", second))));

        assertVersion(second);
    }

    @Test
    void itIsFoundByTheNameOfThePromptAndItsNumber() {
        traces.record(trace().metadata(prompt(Map.of("name", name, "version", "2"))));

        assertVersion(second);
    }

    @Test
    void aNumberMayBeANumberOfJson() {
        traces.record(trace().metadata(prompt(Map.of("name", name, "version", 1))));

        assertVersion(first);
    }

    @Test
    void theIdGoesBeforeTheName() {
        traces.record(trace().metadata(prompt(Map.of("version_id", first, "name", name, "version", "2"))));

        assertVersion(first);
    }

    @Test
    void anUnknownIdLeavesTheName() {
        traces.record(trace().metadata(prompt(Map.of("version_id", UUID.randomUUID(), "name", name, "version", "2"))));

        assertVersion(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "0", "-1", "2.0", "production", "", "99999999999999999999"})
    void aVersionThatThePromptDoesNotHaveIsIgnored(String version) {
        assertIgnored(Map.of("name", name, "version", version));
    }

    @Test
    void whatTheProjectDoesNotHaveIsIgnored() {
        UUID otherProject = fixture.project().id();
        TestTenant theirs = DATABASE.newTenant();
        ResolvedPrompt theirPrompt = theirs.prompt(theirs.project().id());

        assertIgnored(Map.of("version_id", UUID.randomUUID()));
        assertIgnored(Map.of("version_id", "no id"));
        assertIgnored(Map.of("version_id", theirPrompt.version().id()));
        assertIgnored(Map.of("name", theirPrompt.prompt().name(), "version", "1"));
        assertIgnored(
                Map.of("version_id", fixture.prompt(otherProject).version().id()));
        assertIgnored(Map.of("name", "unknown", "version", "1"));
        assertIgnored(Map.of("name", name));
        assertIgnored(Map.of());
    }

    @Test
    void aMemberOfAnotherKindIsIgnored() {
        Json metadata = Json.of(Map.of("promptforge.prompt", name));
        traces.record(trace().metadata(metadata));

        assertThat(stored().promptVersionId()).isEmpty();
        assertThat(stored().payload().orElseThrow().metadata()).isEqualTo(metadata);
    }

    @Test
    void aReportedIdGoesBeforeTheMetadataWhicheverComesFirst() {
        NewTrace named = trace().metadata(prompt(Map.of("version_id", second)));
        traces.record(named.promptVersionId(first));
        assertVersion(first);
        traces.record(named);
        assertVersion(first);

        UUID other = UUID.randomUUID();
        NewTrace later = TestTenant.newTrace(other, project);
        traces.record(later.metadata(prompt(Map.of("version_id", second))));
        traces.record(later.promptVersionId(first));
        assertThat(traces.find(other).orElseThrow().promptVersionId()).contains(first);
    }

    @Test
    void anUnknownReportedIdIsRefusedWhateverTheMetadataName() {
        NewTrace unknown =
                trace().metadata(prompt(Map.of("version_id", second))).promptVersionId(UUID.randomUUID());
        NewTrace known = TestTenant.newTrace(UUID.randomUUID(), project).metadata(prompt(Map.of("version_id", second)));

        assertThatThrownBy(() -> traces.record(List.of(known, unknown)))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> {
                    assertThat(e.field()).isEqualTo("prompt_version_id");
                    assertThat(e.path()).contains("traces[1]");
                });
    }

    @Test
    void itIsFoundWhenTheMetadataComeLate() {
        traces.record(trace());
        traces.record(trace().metadata(prompt(Map.of("name", name))));
        assertThat(stored().promptVersionId()).isEmpty();

        traces.record(trace().metadata(prompt(Map.of("name", name, "version", "2"))));

        assertVersion(second);
        assertThat(traces.list(TraceFilter.all().promptVersionId(second), TraceOrder.NEWEST_FIRST, PageRequest.first())
                        .items())
                .extracting(Trace::id)
                .containsExactly(id);
    }

    @Test
    void itStaysWhenTheTraceComesAgainOrWithMore() {
        NewTrace named = trace().metadata(prompt(Map.of("name", name, "version", "2")));
        traces.record(named);
        Trace before = stored();

        traces.record(named);
        traces.record(List.of(named, named));
        assertThat(stored()).isEqualTo(before);
        traces.addSpans(id, List.of(NewSpan.of(UUID.randomUUID(), "s", SpanKind.TOOL, ExecutionStatus.SUCCESS, NOON)));
        assertVersion(second);
        traces.record(named.environment("production"));
        assertVersion(second);
    }

    @Test
    void aGreaterRevisionReplacesIt() {
        NewTrace named = trace().metadata(prompt(Map.of("name", name, "version", "2")));
        traces.record(named);

        traces.record(
                named.metadata(prompt(Map.of("name", name, "version", "1"))).revision(1));
        assertVersion(first);
        traces.record(trace().revision(2));

        assertThat(stored().promptVersionId()).isEmpty();
    }

    @Test
    void aRedactedTraceKeepsIt() {
        NewTrace named = trace().metadata(prompt(Map.of("name", name, "version", "2")));
        traces.record(named);

        traces.redact(id, Redaction.of("removed"));
        traces.record(named);
        traces.record(named.environment("production"));

        assertVersion(second);
        assertThat(stored().environment()).contains("production");
    }

    @Test
    void aTraceOfADeletedPromptHasNone() {
        NewTrace named = trace().metadata(prompt(Map.of("name", name, "version", "2")));
        traces.record(named);

        fixture.tenant().prompts().delete(prompt.prompt().id());
        assertThat(stored().promptVersionId()).isEmpty();
        traces.record(named);
        traces.record(named.environment("production"));

        assertThat(stored().promptVersionId()).isEmpty();
    }

    @Test
    void aPromptThatIsDeletedWhileItsTraceIsWrittenDoesNotRefuseIt() {
        BeforeStatement deletion = new BeforeStatement(DATABASE.dataSource(), "WITH known AS", () -> fixture.tenant()
                .prompts()
                .delete(prompt.prompt().id()));

        PromptForge.create(deletion.dataSource())
                .tenant(fixture.organization().id())
                .traces()
                .record(trace().metadata(prompt(Map.of("version_id", second))));

        assertThat(deletion.wasSent()).isTrue();
        assertThat(stored().promptVersionId()).isEmpty();
    }

    @Test
    void promptVersionsOfABatchTakeOneStatement() {
        NewTrace plain = TestTenant.newTrace(UUID.randomUUID(), project).metadata(Json.of(Map.of("a", 1)));
        List<NewTrace> named = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> TestTenant.newTrace(UUID.randomUUID(), project)
                        .metadata(prompt(Map.of("name", name, "version", i))))
                .toList();

        assertThat(STATEMENTS.of(() -> traces.record(plain))).hasSize(1);
        assertThat(STATEMENTS.of(() -> traces.record(named))).hasSize(2);
        assertThat(traces.findAll(named.stream().map(NewTrace::id).toList()).values())
                .flatExtracting(trace -> trace.promptVersionId().stream().toList())
                .containsExactlyInAnyOrder(first, second);
        int merge = STATEMENTS
                .of(() -> traces.record(plain.environment("production")))
                .size();
        List<NewTrace> changed =
                named.stream().map(trace -> trace.environment("production")).toList();
        assertThat(STATEMENTS.of(() -> traces.record(changed)))
                .as("one in each of the two attempts")
                .hasSize(merge + 2);
    }

    private void assertIgnored(Map<String, Object> named) {
        NewTrace trace = TestTenant.newTrace(UUID.randomUUID(), project).metadata(prompt(named));
        traces.record(trace);

        Trace stored = traces.find(trace.id()).orElseThrow();
        assertThat(stored.promptVersionId()).as("%s", named).isEmpty();
        assertThat(stored.payload().orElseThrow().metadata()).isEqualTo(trace.metadata());
    }

    private void assertVersion(UUID version) {
        assertThat(stored().promptVersionId()).contains(version);
    }

    private Trace stored() {
        return traces.find(id).orElseThrow();
    }

    private NewTrace trace() {
        return TestTenant.newTrace(id, project);
    }

    private static Json prompt(Map<String, Object> named) {
        return Json.of(Map.of("promptforge.prompt", named));
    }
}
