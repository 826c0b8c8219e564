package io.promptforge.seed.demo;

import io.promptforge.dao.evaluation.ScoreScale;
import io.promptforge.dao.evaluator.Evaluator;
import io.promptforge.dao.evaluator.EvaluatorRepository;
import io.promptforge.dao.evaluator.EvaluatorVersion;
import io.promptforge.dao.evaluator.NewEvaluator;
import io.promptforge.dao.evaluator.NewEvaluatorVersion;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.EvaluatorKind;
import java.util.List;
import java.util.Map;

/** The judge of the demo's evaluation, in one version. */
final class DemoEvaluators {
    private static final String NAME = "Greeting Judge";

    private DemoEvaluators() {}

    static EvaluatorVersion ensure(EvaluatorRepository evaluators, User author, DemoReconciler reconciler) {
        Evaluator judge = reconciler.ensure(
                evaluators.findByName(NAME),
                present -> {
                    reconciler.same("evaluator " + NAME, "kind", present.kind(), EvaluatorKind.LLM_JUDGE);
                    reconciler.same("evaluator " + NAME, "activity", present.active(), true);
                },
                () -> evaluators.create(
                        NewEvaluator.of(NAME, "accuracy", EvaluatorKind.LLM_JUDGE)
                                .description("Does the greeting say the right thing, briefly?")
                                .tags(List.of("greeting"))
                                .createdBy(author.id()),
                        NewEvaluatorVersion.none()
                                .configurationDefaults(Json.of(Map.of("passing_score", 0.8)))
                                .criteria("The greeting names the customer and the topic, in two sentences at most.")
                                .judgeModel("openai/gpt-4-0125-preview")
                                .prompts(
                                        Json.of(
                                                Map.of(
                                                        "judge",
                                                        "Rate from 0 to 1 how well {{output}} greets {{customer_name}} about {{topic}}.")))
                                .scale(ScoreScale.ofNumbers(0, 1))
                                .createdBy(author.id())));
        return evaluators.findLatestVersion(judge.id()).orElseThrow();
    }
}
