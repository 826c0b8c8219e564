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

/** What is in the demo database, for people to read. */
final class DemoReport {
    /** Parents before children, as a person would tell it. */
    private static final List<Table<?>> TABLES = List.of(
            Promptforge.PROMPTFORGE.ORGANIZATIONS,
            Promptforge.PROMPTFORGE.USERS,
            Promptforge.PROMPTFORGE.MODEL_PROVIDERS,
            Promptforge.PROMPTFORGE.AI_MODELS,
            Promptforge.PROMPTFORGE.PROJECTS,
            Promptforge.PROMPTFORGE.PROMPTS,
            Promptforge.PROMPTFORGE.PROMPT_VERSIONS,
            Promptforge.PROMPTFORGE.EVALUATIONS,
            Promptforge.PROMPTFORGE.EVALUATION_RESULTS,
            Promptforge.PROMPTFORGE.POLICIES,
            Promptforge.PROMPTFORGE.POLICY_VIOLATIONS,
            Promptforge.PROMPTFORGE.TRACES,
            Promptforge.PROMPTFORGE.SPANS);

    private final Console console;
    private final Tenant tenant;

    DemoReport(Console console, Tenant tenant) {
        this.console = console;
        this.tenant = tenant;
    }

    /** The one thing that no repository tells: rows of all tenants. */
    void rows(DataSource dataSource, String schema) {
        console.heading("Rows");
        DSLContext dsl = DSL.using(dataSource, SQLDialect.POSTGRES);
        for (Table<?> table : TABLES) {
            console.line(table.getName() + " " + dsl.fetchCount(DSL.table(DSL.name(schema, table.getName()))));
        }
    }

    void content() {
        List<Project> projects = tenant.projects()
                .list(ProjectFilter.all(), ProjectOrder.OLDEST_FIRST, PageRequest.first())
                .items();
        console.heading("Projects");
        projects.forEach(project -> console.line(project.name() + " (" + lower(project.status()) + ")"));
        for (Project project : projects) {
            tenant.prompts().resolve(project.id(), "Customer Greeting").ifPresent(this::prompt);
            tenant.evaluations()
                    .list(EvaluationFilter.inProject(project.id()), EvaluationOrder.OLDEST_FIRST, PageRequest.first())
                    .items()
                    .forEach(this::evaluation);
            List<Trace> traces = tenant.traces()
                    .list(TraceFilter.all().projectId(project.id()), TraceOrder.OLDEST_FIRST, PageRequest.first(1))
                    .items();
            if (!traces.isEmpty()) {
                tenant.traces().tree(traces.get(0).id()).ifPresent(tree -> {
                    console.heading("Trace");
                    TraceDrawing.of(tree).forEach(console::line);
                });
            }
        }
    }

    private void prompt(ResolvedPrompt prompt) {
        console.heading("Prompt");
        console.line(prompt.prompt().name() + ", version " + prompt.version().versionNumber() + " (current)");
        prompt.version().systemMessage().ifPresent(message -> console.line("System: " + message));
        console.line(prompt.version().template());
    }

    private void evaluation(Evaluation evaluation) {
        EvaluationSummary summary = tenant.evaluations().summary(evaluation.id());
        console.heading("Evaluation");
        console.line(evaluation.name() + " (" + lower(evaluation.status()) + ")");
        console.line(String.format(
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
