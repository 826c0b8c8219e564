package io.promptforge.dao.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.Tenant;
import io.promptforge.dao.evaluation.Evaluation;
import io.promptforge.dao.evaluation.EvaluationFilter;
import io.promptforge.dao.evaluation.EvaluationOrder;
import io.promptforge.dao.evaluation.EvaluationResult;
import io.promptforge.dao.evaluation.ResultFilter;
import io.promptforge.dao.evaluation.ResultOrder;
import io.promptforge.dao.evaluation.ResultPayload;
import io.promptforge.dao.evaluator.EvaluatorVersion;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.AiModelChanges;
import io.promptforge.dao.model.ModelFilter;
import io.promptforge.dao.model.ModelOrder;
import io.promptforge.dao.model.ModelProvider;
import io.promptforge.dao.model.ModelProviderChanges;
import io.promptforge.dao.model.ModelProviderFilter;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.organization.OrganizationChanges;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.policy.Policy;
import io.promptforge.dao.policy.PolicyChanges;
import io.promptforge.dao.policy.PolicyFilter;
import io.promptforge.dao.policy.PolicyOrder;
import io.promptforge.dao.policy.PolicyVersion;
import io.promptforge.dao.policy.Violation;
import io.promptforge.dao.policy.ViolationFilter;
import io.promptforge.dao.policy.ViolationOrder;
import io.promptforge.dao.prompt.PromptVersion;
import io.promptforge.dao.prompt.VariableCheck;
import io.promptforge.dao.trace.Span;
import io.promptforge.dao.trace.SpanNode;
import io.promptforge.dao.trace.SpanPayload;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceOutcome;
import io.promptforge.dao.trace.TracePayload;
import io.promptforge.dao.trace.TraceTree;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.seed.fixture.Fixtures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table with documents: how a row with certain documents is written, and what each way to read it gives.
 *
 * @param written writes a row with the document that is given for each column, and reads it in every way
 * @param columns where a read row has the document of a column; empty if this way to read leaves it out
 */
record DocumentTable<T>(
        String name,
        BiFunction<Fixtures, Function<String, Json>, Stream<T>> written,
        Map<String, Function<T, Optional<Json>>> columns) {
    static final List<DocumentTable<?>> ALL = List.of(
            new DocumentTable<>(
                    "organizations",
                    DocumentTable::organizations,
                    Map.of("settings", it -> Optional.of(it.settings()))),
            new DocumentTable<>(
                    "model_providers",
                    DocumentTable::providers,
                    Map.of("configuration", it -> Optional.of(it.configuration()))),
            new DocumentTable<>(
                    "ai_models",
                    DocumentTable::models,
                    Map.of("default_parameters", it -> Optional.of(it.defaultParameters()))),
            new DocumentTable<>(
                    "prompt_versions",
                    DocumentTable::versions,
                    Map.of(
                            "tools",
                            it -> Optional.of(it.tools()),
                            "response_format",
                            PromptVersion::responseFormat,
                            "variables",
                            it -> Optional.of(it.variables()),
                            "model_configuration",
                            it -> Optional.of(it.modelConfiguration()))),
            new DocumentTable<>(
                    "evaluations",
                    DocumentTable::evaluations,
                    Map.of("configuration", it -> Optional.of(it.configuration()))),
            new DocumentTable<>(
                    "evaluation_results",
                    DocumentTable::results,
                    Map.of(
                            "input",
                            it -> it.payload().flatMap(ResultPayload::input),
                            "expected_output",
                            it -> it.payload().flatMap(ResultPayload::expectedOutput),
                            "actual_output",
                            it -> it.payload().flatMap(ResultPayload::actualOutput),
                            "metrics",
                            it -> Optional.of(it.metrics()))),
            new DocumentTable<>(
                    "evaluator_versions",
                    DocumentTable::evaluatorVersions,
                    Map.of(
                            "configuration_schema",
                            it -> Optional.of(it.configurationSchema()),
                            "configuration_defaults",
                            it -> Optional.of(it.configurationDefaults()),
                            "prompts",
                            it -> Optional.of(it.prompts()))),
            new DocumentTable<>("policies", DocumentTable::policies, Map.of("rules", it -> Optional.of(it.rules()))),
            new DocumentTable<>(
                    "policy_versions", DocumentTable::policyVersions, Map.of("rules", it -> Optional.of(it.rules()))),
            new DocumentTable<>(
                    "policy_violations",
                    DocumentTable::violations,
                    Map.of("metadata", it -> Optional.of(it.metadata()))),
            new DocumentTable<>(
                    "traces",
                    DocumentTable::traces,
                    Map.of(
                            "input",
                            it -> it.payload().flatMap(TracePayload::input),
                            "output",
                            it -> it.payload().flatMap(TracePayload::output),
                            "metadata",
                            it -> it.payload().map(TracePayload::metadata))),
            new DocumentTable<>(
                    "spans",
                    DocumentTable::spans,
                    Map.of(
                            "input",
                            it -> it.payload().flatMap(SpanPayload::input),
                            "output",
                            it -> it.payload().flatMap(SpanPayload::output),
                            "attributes",
                            it -> it.payload().map(SpanPayload::attributes),
                            "events",
                            it -> it.payload().map(SpanPayload::events))));

    private static final PageRequest PAGE = PageRequest.first(PageRequest.GREATEST_SIZE);

    /** The names of the columns, with the table's. */
    Stream<String> columnNames() {
        return columns.keySet().stream().map(column -> name + "." + column);
    }

    private static Stream<Organization> organizations(Fixtures fixtures, Function<String, Json> documents) {
        Json settings = documents.apply("settings");
        Organization created =
                fixtures.organization().with(it -> it.settings(settings)).create();
        Tenant tenant = fixtures.in(created).tenant();
        return Stream.of(
                created,
                tenant.organization(),
                tenant.updateOrganization(OrganizationChanges.none().settings(settings)));
    }

    private static Stream<ModelProvider> providers(Fixtures fixtures, Function<String, Json> documents) {
        Json configuration = documents.apply("configuration");
        ModelProvider created = fixtures.modelProvider()
                .with(it -> it.configuration(configuration))
                .create();
        UUID id = created.id();
        var providers = fixtures.tenant().modelProviders();
        return rows(
                id,
                ModelProvider::id,
                Stream.of(
                        created,
                        providers.update(id, ModelProviderChanges.none().configuration(configuration)),
                        providers.setDefault(id)),
                providers.find(id).stream(),
                providers.findAll(List.of(id)).values().stream(),
                providers.list(ModelProviderFilter.all(), PAGE).items().stream());
    }

    private static Stream<AiModel> models(Fixtures fixtures, Function<String, Json> documents) {
        Json parameters = documents.apply("default_parameters");
        AiModel created =
                fixtures.aiModel().with(it -> it.defaultParameters(parameters)).create();
        UUID id = created.id();
        var models = fixtures.tenant().models();
        return rows(
                id,
                AiModel::id,
                Stream.of(created, models.update(id, AiModelChanges.none().defaultParameters(parameters))),
                models.find(id).stream(),
                models.findAll(List.of(id)).values().stream(),
                models.list(ModelFilter.all(), ModelOrder.BY_NAME, PAGE).items().stream());
    }

    private static Stream<PromptVersion> versions(Fixtures fixtures, Function<String, Json> documents) {
        PromptVersion created = fixtures.promptVersion()
                .with(it -> it.variables(documents.apply("variables"))
                        .tools(documents.apply("tools"))
                        .responseFormat(documents.apply("response_format"))
                        .variableCheck(VariableCheck.NONE)
                        .modelConfiguration(documents.apply("model_configuration")))
                .create();
        UUID prompt = created.promptId();
        var prompts = fixtures.tenant().prompts();
        prompts.makeCurrent(prompt, created.versionNumber());
        return rows(
                created.id(),
                PromptVersion::id,
                Stream.of(created),
                prompts.findVersion(created.id()).stream(),
                prompts.findVersion(prompt, created.versionNumber()).stream(),
                prompts.findAllVersions(List.of(created.id())).values().stream(),
                prompts.currentVersions(List.of(prompt)).values().stream(),
                prompts.versions(prompt, PAGE).items().stream());
    }

    private static Stream<Evaluation> evaluations(Fixtures fixtures, Function<String, Json> documents) {
        Evaluation created = fixtures.evaluation()
                .with(it -> it.configuration(documents.apply("configuration")))
                .create();
        UUID id = created.id();
        var evaluations = fixtures.tenant().evaluations();
        return rows(
                id,
                Evaluation::id,
                Stream.of(created, evaluations.cancel(id, Fixtures.START, null)),
                evaluations.find(id).stream(),
                evaluations.findAll(List.of(id)).values().stream(),
                evaluations.list(EvaluationFilter.all(), EvaluationOrder.NEWEST_FIRST, PAGE).items().stream());
    }

    private static Stream<EvaluationResult> results(Fixtures fixtures, Function<String, Json> documents) {
        EvaluationResult created = fixtures.evaluationResult()
                .with(it -> it.input(documents.apply("input"))
                        .expectedOutput(documents.apply("expected_output"))
                        .actualOutput(documents.apply("actual_output"))
                        .metrics(documents.apply("metrics")))
                .create();
        UUID id = created.id();
        UUID run = created.evaluationId().orElseThrow();
        var evaluations = fixtures.tenant().evaluations();
        return rows(
                id,
                EvaluationResult::id,
                Stream.of(created),
                fixtures.tenant().results().find(id).stream(),
                fixtures.tenant().results().findAll(List.of(id)).values().stream(),
                evaluations.results(run, ResultFilter.all(), ResultOrder.BY_TEST_NAME, PAGE).items().stream(),
                evaluations
                        .resultsWithPayloads(run, ResultFilter.all(), ResultOrder.BY_TEST_NAME, PageRequest.first())
                        .items()
                        .stream());
    }

    private static Stream<EvaluatorVersion> evaluatorVersions(Fixtures fixtures, Function<String, Json> documents) {
        EvaluatorVersion created = fixtures.evaluatorVersion()
                .with(it -> it.configurationSchema(documents.apply("configuration_schema"))
                        .configurationDefaults(documents.apply("configuration_defaults"))
                        .prompts(documents.apply("prompts")))
                .create();
        var evaluators = fixtures.tenant().evaluators();
        return rows(
                created.id(),
                EvaluatorVersion::id,
                Stream.of(created),
                evaluators.findVersion(created.id()).stream(),
                evaluators.findAllVersions(List.of(created.id())).values().stream(),
                evaluators.findLatestVersion(created.evaluatorId()).stream(),
                evaluators.versions(created.evaluatorId(), PAGE).items().stream());
    }

    private static Stream<Policy> policies(Fixtures fixtures, Function<String, Json> documents) {
        Json rules = documents.apply("rules");
        Policy created = fixtures.policy().with(it -> it.rules(rules)).create();
        UUID id = created.id();
        var policies = fixtures.tenant().policies();
        return rows(
                id,
                Policy::id,
                Stream.of(created, policies.update(id, PolicyChanges.none().rules(rules))),
                policies.find(id).stream(),
                policies.findAll(List.of(id)).values().stream(),
                policies.applicable(created.projectId()).stream(),
                policies.list(PolicyFilter.all(), PolicyOrder.NEWEST_FIRST, PAGE).items().stream());
    }

    private static Stream<PolicyVersion> policyVersions(Fixtures fixtures, Function<String, Json> documents) {
        Policy policy =
                fixtures.policy().with(it -> it.rules(documents.apply("rules"))).create();
        var policies = fixtures.tenant().policies();
        return Stream.concat(
                policies.findVersion(policy.id(), policy.versionNumber()).stream(),
                policies.versions(policy.id(), PAGE).items().stream());
    }

    private static Stream<Violation> violations(Fixtures fixtures, Function<String, Json> documents) {
        Violation created = fixtures.violation()
                .with(it -> it.metadata(documents.apply("metadata")))
                .create();
        UUID id = created.id();
        UUID user = fixtures.user().create().id();
        var violations = fixtures.tenant().violations();
        return rows(
                id,
                Violation::id,
                Stream.of(created, violations.acknowledge(id, user, created.detectedAt())),
                violations.find(id).stream(),
                violations.findAll(List.of(id)).values().stream(),
                violations.list(ViolationFilter.all(), ViolationOrder.NEWEST_FIRST, PAGE).items().stream());
    }

    private static Stream<Trace> traces(Fixtures fixtures, Function<String, Json> documents) {
        Json output = documents.apply("output");
        Trace created = fixtures.trace()
                .running()
                .with(it -> it.input(documents.apply("input")).output(output).metadata(documents.apply("metadata")))
                .create();
        UUID id = created.id();
        var traces = fixtures.tenant().traces();
        List<Trace> running = traces.find(id).stream().toList();
        Trace finished = traces.finish(
                id,
                TraceOutcome.of(ExecutionStatus.SUCCESS, created.startedAt()).output(output));
        return rows(
                id,
                Trace::id,
                Stream.of(created, finished),
                running.stream(),
                traces.find(id).stream(),
                traces.findAll(List.of(id)).values().stream(),
                traces.findAllWithPayloads(List.of(id)).values().stream(),
                traces.tree(id).map(TraceTree::trace).stream(),
                traces.treeWithPayloads(id).map(TraceTree::trace).stream());
    }

    private static Stream<Span> spans(Fixtures fixtures, Function<String, Json> documents) {
        Span created = fixtures.span()
                .with(it -> it.input(documents.apply("input"))
                        .output(documents.apply("output"))
                        .attributes(documents.apply("attributes"))
                        .events(documents.apply("events")))
                .create();
        var traces = fixtures.tenant().traces();
        return rows(
                created.id(),
                Span::id,
                Stream.of(created),
                traces.findSpan(created.traceId(), created.id()).stream(),
                traces.treeWithPayloads(created.traceId()).stream().flatMap(tree -> spans(tree.roots())));
    }

    private static Stream<Span> spans(List<SpanNode> nodes) {
        return nodes.stream().flatMap(node -> Stream.concat(Stream.of(node.span()), spans(node.children())));
    }

    @SafeVarargs
    private static <T> Stream<T> rows(UUID id, Function<T, UUID> ids, Stream<T>... ways) {
        return IntStream.range(0, ways.length).boxed().flatMap(way -> {
            List<T> rows = ways[way].filter(row -> ids.apply(row).equals(id)).toList();
            assertThat(rows).as("what way %d to read gives", way).isNotEmpty();
            return rows.stream();
        });
    }
}
