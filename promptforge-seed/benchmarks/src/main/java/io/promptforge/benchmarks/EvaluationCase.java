package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.Table.Rows;
import io.promptforge.dao.evaluation.EvaluationRepository;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.schema.type.EvaluationType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The results of an evaluation, recorded by one call, with its totals. */
record EvaluationCase(Workspace workspace) {
    private static final int RESULTS = 1_000;

    private static final String TOTALS = """
            UPDATE evaluations
            SET (total_tests, passed_tests, failed_tests, average_score) = (
                SELECT count(*), count(*) FILTER (WHERE passed), count(*) FILTER (WHERE NOT passed), avg(score)
                FROM evaluation_results
                WHERE organization_id = '%1$s' AND evaluation_id = '%2$s')
            WHERE organization_id = '%1$s' AND id = '%2$s'
            """;

    Case results() {
        List<Contender> contenders = new ArrayList<>();
        List<UUID> made = new ArrayList<>();
        for (Rival rival : workspace.rivals()) {
            contenders.add(new Contender(rival.name(), () -> {
                UUID evaluation = running(made);
                List<EvaluationResultRow> rows = given().stream()
                        .map(result -> new EvaluationResultRow(workspace.organizationId(), UUID.randomUUID(), evaluation, result))
                        .toList();
                String totals = TOTALS.formatted(workspace.organizationId(), evaluation);
                return () -> {
                    rival.write(List.of(new Rows<>(EvaluationResultRow.TABLE, rows)), false, totals);
                    return RESULTS;
                };
            }));
        }
        contenders.add(1, new Contender(IngestCases.OURS, () -> {
            UUID evaluation = running(made);
            List<NewEvaluationResult> results =
                    given().stream().map(GivenResult::asNew).toList();
            return () -> {
                evaluations().append(evaluation, results);
                return RESULTS;
            };
        }));
        return new Case(
                "record " + Report.number(RESULTS) + " results",
                Measure.RATE,
                contenders,
                () -> made.forEach(evaluations()::delete));
    }

    private UUID running(List<UUID> made) {
        UUID id = evaluations()
                .create(NewEvaluation.of(workspace.projectId(), "Nightly", EvaluationType.ACCURACY))
                .id();
        evaluations().start(id, Instant.now());
        made.add(id);
        return id;
    }

    private EvaluationRepository evaluations() {
        return workspace.tenant().evaluations();
    }

    private static List<GivenResult> given() {
        return IntStream.range(0, RESULTS).mapToObj(GivenResult::of).toList();
    }
}
