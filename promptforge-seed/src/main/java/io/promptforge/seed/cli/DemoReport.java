package io.promptforge.seed.cli;

import io.promptforge.dao.Tenant;
import io.promptforge.dao.evaluation.Evaluation;
import io.promptforge.dao.evaluation.EvaluationFilter;
import io.promptforge.dao.evaluation.EvaluationOrder;
import io.promptforge.dao.evaluation.EvaluationSummary;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.project.ProjectOrder;
import io.promptforge.dao.prompt.ChatMessage;
import io.promptforge.dao.prompt.MessagesPlaceholder;
import io.promptforge.dao.prompt.PromptMessage;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import io.promptforge.schema.jooq.Promptforge;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Prints the content of the demo database. */
final class DemoReport {
    private final CommandOutput out;
    private final Tenant tenant;

    DemoReport(CommandOutput out, Tenant tenant) {
        this.out = out;
        this.tenant = tenant;
    }

    /** Prints the number of rows of each table, in all tenants; no repository returns it. */
    void rows(DataSource dataSource, String schema) {
        out.heading("Rows");
        DSLContext dsl = DSL.using(dataSource, SQLDialect.POSTGRES);
        for (Table<?> table : Promptforge.PROMPTFORGE.getTables()) {
            out.line(table.getName() + " " + dsl.fetchCount(DSL.table(DSL.name(schema, table.getName()))));
        }
    }

    /** Prints projects, prompts, evaluations and a trace of the demo organization. */
    void content() {
        List<Project> projects = tenant.projects()
                .list(ProjectFilter.all(), ProjectOrder.OLDEST_FIRST, PageRequest.first())
                .items();
        out.heading("Projects");
        projects.forEach(project -> out.line(project.name() + " (" + lower(project.status()) + ")"));
        for (Project project : projects) {
            tenant.prompts().resolve(project.id(), "Customer Greeting").ifPresent(this::prompt);
            tenant.evaluations()
                    .list(
                            EvaluationFilter.all().projectId(project.id()),
                            EvaluationOrder.OLDEST_FIRST,
                            PageRequest.first())
                    .items()
                    .forEach(this::evaluation);
            List<Trace> traces = tenant.traces()
                    .list(TraceFilter.all().projectId(project.id()), TraceOrder.OLDEST_FIRST, PageRequest.first(1))
                    .items();
            if (!traces.isEmpty()) {
                tenant.traces().tree(traces.get(0).id()).ifPresent(tree -> {
                    out.heading("Trace");
                    TraceDrawing.of(tree).forEach(out::line);
                });
            }
        }
    }

    private void prompt(ResolvedPrompt prompt) {
        out.heading("Prompt");
        out.line(prompt.prompt().name() + ", version " + prompt.version().versionNumber() + " (current)");
        prompt.version().messages().forEach(message -> out.line(described(message)));
    }

    private static String described(PromptMessage message) {
        return message instanceof ChatMessage chat
                ? lower(chat.role()) + ": " + chat.text()
                : "(" + ((MessagesPlaceholder) message).name() + ")";
    }

    private void evaluation(Evaluation evaluation) {
        EvaluationSummary summary = tenant.evaluations().summary(evaluation.id());
        out.heading("Evaluation");
        out.line(evaluation.name() + " (" + lower(evaluation.status()) + ")");
        out.line(String.format(
                Locale.ROOT,
                "%d of %d tests passed (%.0f %%), average score %s, median latency %d ms, %d tokens, $%s",
                summary.passed(),
                summary.tests(),
                summary.passRate() * 100,
                summary.score().map(score -> score.average().toPlainString()).orElse("-"),
                summary.latency().map(latency -> latency.median().toMillis()).orElse(0L),
                summary.totalTokens(),
                summary.totalCost().toPlainString()));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
