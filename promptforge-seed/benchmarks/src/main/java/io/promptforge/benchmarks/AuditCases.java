package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Check;
import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.CaseFamily.Cases;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.model.AiModelChanges;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewModelProvider;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.PolicyChanges;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.ProviderType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the audit log costs: calls that change data, with its triggers and without. */
record AuditCases(Workspace workspace) implements Cases {
    private static final String WITHOUT = "without the audit log";
    private static final double LIMIT = 1.15;
    private static final int CALLS = 200;
    private static final String LATEST = " ORDER BY created_at DESC LIMIT 1";

    private static final String SWITCH = """
            DO $$
            DECLARE
                audit record;
            BEGIN
                FOR audit IN
                    SELECT g.tgrelid::regclass AS changed, g.tgname AS name FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
                    WHERE p.pronamespace = '%1$s'::regnamespace AND p.proname LIKE 'audit\\_%%' AND g.tgparentid = 0
                LOOP
                    EXECUTE format('ALTER TABLE %%s DISABLE TRIGGER %%I', audit.changed, audit.name);
                    EXECUTE format('ALTER TABLE %%s %2$s TRIGGER %%I', audit.changed, audit.name);
                END LOOP;
            END
            $$""";

    @Override
    public Stream<Case> cases() {
        return Stream.<Supplier<Case>>of(
                        () -> of("update a policy", this::policy, "SELECT threshold FROM policies" + LATEST),
                        () -> of("update a model", this::model, "SELECT description FROM ai_models" + LATEST),
                        () -> of(
                                "commit a version of a prompt",
                                this::prompt,
                                "SELECT latest_version_number FROM prompts" + LATEST),
                        () -> of(
                                "append 10 results", () -> results(10), "SELECT total_tests FROM evaluations" + LATEST),
                        () -> of(
                                "append 100 results",
                                () -> results(100),
                                "SELECT total_tests FROM evaluations" + LATEST))
                .map(Supplier::get);
    }

    /**
     * A case.
     *
     * @param change makes a row that the calls of a round change
     * @param state a query of what they leave
     */
    private Case of(String name, Supplier<IntConsumer> change, String state) {
        List<Contender> contenders =
                List.of(contender(WITHOUT, "DISABLE", change), contender(Case.PROMPTFORGE, "ENABLE", change));
        return Case.of(name, Measure.TIME, contenders, Check.ofStates(contenders, () -> workspace
                        .database()
                        .query(state)))
                .promising(WITHOUT, LIMIT)
                .afterwards(() -> triggers("ENABLE"));
    }

    private Contender contender(String name, String triggers, Supplier<IntConsumer> change) {
        int calls = workspace.scale().calls(CALLS);
        return new Contender(name, () -> {
            IntConsumer prepared = change.get();
            triggers(triggers);
            return () -> {
                for (int i = 0; i < calls; i++) {
                    prepared.accept(i);
                }
                return calls;
            };
        });
    }

    /** Both contenders switch, since PostgreSQL plans anew afterwards. */
    private void triggers(String enableOrDisable) {
        workspace.database().execute(SWITCH.formatted(BenchmarkDatabase.SCHEMA, enableOrDisable));
    }

    private IntConsumer policy() {
        UUID id = tenant().policies()
                .create(NewPolicy.of(workspace.projectId(), "Audited " + UUID.randomUUID(), PolicyType.COST))
                .id();
        return call -> tenant().policies().update(id, PolicyChanges.none().threshold(BigDecimal.valueOf(call + 1)));
    }

    private IntConsumer model() {
        UUID provider = tenant().modelProviders()
                .create(NewModelProvider.of("Audited " + UUID.randomUUID(), ProviderType.CUSTOM))
                .id();
        UUID id = tenant().models()
                .create(NewAiModel.of(provider, "Audited", "audited"))
                .id();
        return call -> tenant().models().update(id, AiModelChanges.none().description("As of call " + call));
    }

    private IntConsumer prompt() {
        UUID id = tenant().prompts()
                .create(
                        NewPrompt.of(workspace.projectId(), "Audited " + UUID.randomUUID()),
                        NewPromptVersion.of("Answer {{question}} from the articles."))
                .prompt()
                .id();
        return call -> tenant().prompts()
                .commit(id, NewPromptVersion.of("Answer {{question}} from these " + call + " articles only."));
    }

    private IntConsumer results(int number) {
        UUID id = tenant().evaluations()
                .create(NewEvaluation.of(workspace.projectId(), "Audited", EvaluationType.ACCURACY))
                .id();
        tenant().evaluations().start(id, Instant.now());
        List<List<NewEvaluationResult>> given = IntStream.range(
                        0, workspace.scale().calls(CALLS))
                .mapToObj(call -> IntStream.range(call * number, (call + 1) * number)
                        .mapToObj(test -> GivenResult.of(test).asNew())
                        .toList())
                .toList();
        return call -> tenant().evaluations().append(id, given.get(call));
    }

    private Tenant tenant() {
        return workspace.tenant();
    }
}
