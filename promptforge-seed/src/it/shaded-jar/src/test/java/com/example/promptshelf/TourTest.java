package com.example.promptshelf;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.evaluation.Evaluation;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.evaluation.ResultOutcome;
import io.promptforge.dao.opentelemetry.MappedTraces;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan;
import io.promptforge.dao.opentelemetry.OpenTelemetryTraces;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.prompt.ChatMessage;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.PromptMessage;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.RefusedTrace;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import io.promptforge.dao.trace.recorder.TraceRecorder;
import io.promptforge.dao.user.User;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.ProjectStatus;
import io.promptforge.schema.type.SpanKind;
import io.promptforge.seed.junit.PromptForgeTest;
import io.promptforge.seed.testkit.DemoTemplate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The library in two pages, as its README shows it. */
@PromptForgeTest(templates = DemoTemplate.class)
class TourTest {
    private static final Logger log = System.getLogger(TourTest.class.getName());

    @Test
    void storesAPromptAndATrace(DataSource dataSource) {
        Instant start = Instant.now();

        Migrations.apply(dataSource);                         // at startup; from any number of replicas at once
        PromptForge forge = PromptForge.create(dataSource);   // thread-safe; owns nothing, closes nothing

        Tenant acme = forge.tenant(forge.organizations().create(NewOrganization.of("Acme", "acme")).id());
        UUID support = acme.projects().create(NewProject.of("Support")).id();

        acme.prompts().create(NewPrompt.of(support, "Greeting"), NewPromptVersion.of("Hello {{name}}!"));
        List<ChatMessage> messages = acme.prompts().resolve(support, "Greeting").get().render(Map.of("name", "Ada"));

        acme.traces().record(NewTrace.of(UUID.randomUUID(), support, "greet", ExecutionStatus.SUCCESS, start)
                .endedAt(Instant.now())
                .spans(List.of(NewSpan.of(UUID.randomUUID(), "chat", SpanKind.LLM, ExecutionStatus.SUCCESS, start)
                        .requestModel("gpt-4o").inputTokens(12L).outputTokens(30L))));

        assertThat(messages).containsExactly(PromptMessage.user("Hello Ada!"));
        assertThat(acme.traces().summary(TraceFilter.all()).inputTokens()).isEqualTo(12);
    }

    @Test
    void commitsDeploysAndEvaluatesAPrompt(DataSource dataSource) {
        String password = "admin123";
        List<ChatMessage> history = List.of(PromptMessage.assistant("Welcome!"));
        List<NewEvaluationResult> results =
                List.of(NewEvaluationResult.of("Is polite", ResultOutcome.PASSED));

        Migrations.apply(dataSource);                         // at startup; from any number of replicas at once

        PromptForge forge = PromptForge.create(dataSource);   // thread-safe; owns nothing, closes nothing
        Optional<User> user = forge.login("admin@promptforge.com", password);
        Tenant tenant = forge.tenant(user.get().organizationId());

        Project project = tenant.projects().create(NewProject.of("Support").status(ProjectStatus.ACTIVE));
        ResolvedPrompt prompt = tenant.prompts().create(
                NewPrompt.of(project.id(), "Greeting"),
                NewPromptVersion.of("Hello {{name}}, how can I help?").tags("support"));

        NewPromptVersion chat = NewPromptVersion.of(
                PromptMessage.system("You are warm and brief."),
                PromptMessage.placeholder("history"),
                PromptMessage.user("{{name}} asks: {{question}}"));
        tenant.prompts().commit(prompt.prompt().id(), 1, chat);                  // 1: the head its author saw
        tenant.prompts().deploy(prompt.prompt().id(), 2, "production", user.get().id());

        List<ChatMessage> messages = tenant.prompts().resolve(project.id(), "Greeting", "production").get()
                .render(Map.of("name", "Ada", "question", "Where is my parcel?"), Map.of("history", history));

        tenant.transaction(tx -> {                            // all or nothing; nests by savepoint
            Evaluation evaluation = tx.evaluations().create(NewEvaluation.of(project.id(), "Smoke", EvaluationType.CUSTOM));
            tx.evaluations().start(evaluation.id(), Instant.now());
            return tx.evaluations().append(evaluation.id(), results);
        });

        Page<Trace> slowest = tenant.traces().list(
                TraceFilter.all().projectId(project.id()).status(ExecutionStatus.ERROR),
                TraceOrder.SLOWEST_FIRST,
                PageRequest.first());

        assertThat(messages)
                .containsExactly(
                        PromptMessage.system("You are warm and brief."),
                        PromptMessage.assistant("Welcome!"),
                        PromptMessage.user("Ada asks: Where is my parcel?"));
        assertThat(slowest.items()).isEmpty();
    }

    @Test
    void recordsTracesOneAtATime(PromptForge forge, Tenant tenant) {
        Project project = tenant.projects().create(NewProject.of("Support"));
        NewTrace trace = NewTrace.of(UUID.randomUUID(), project.id(), "answer", ExecutionStatus.SUCCESS, Instant.now());
        Map<String, String> resource = Map.of("service.name", "support");
        List<OpenTelemetrySpan> spans = List.of(
                OpenTelemetrySpan.of("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "chat", 1_764_000_000_000_000_000L));

        TraceRecorder recorder = TraceRecorder.start(unstored -> log.log(Level.WARNING, "Not stored: {0}", unstored));

        recorder.record(tenant.traces(), trace);              // one at a time; waits a little, then refuses, when it is full
        MappedTraces mapped = OpenTelemetryTraces.of(project.id(), resource, spans);
        mapped.traces().forEach(it -> recorder.record(tenant.traces(), it));
        mapped.unread().forEach(it -> log.log(Level.WARNING, "Not read: {0}", it));
        recorder.close();                                     // when the service ends: stores what is left

        List<RefusedTrace> refused = tenant.traces().recordAccepted(List.of(trace));   // a batch from elsewhere; stores all others

        tenant.projects().update(project.id(), ProjectChanges.none().traceRetentionDays(90));
        forge.maintenance().run();                            // once a day, from any number of replicas at once

        assertThat(refused).isEmpty();
        assertThat(tenant.traces().list(TraceFilter.all().projectId(project.id()), TraceOrder.OLDEST_FIRST, PageRequest.first())
                        .items())
                .isNotEmpty();
    }
}
