package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.Table.Rows;
import io.promptforge.dao.evaluation.EvaluationRepository;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.EvaluationType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                List<ResultRow> rows = given().stream()
                        .map(result -> new ResultRow(workspace.organizationId(), UUID.randomUUID(), evaluation, result))
                        .toList();
                String totals = TOTALS.formatted(workspace.organizationId(), evaluation);
                return () -> {
                    rival.write(List.of(new Rows<>(ResultRow.TABLE, rows)), false, totals);
                    return RESULTS;
                };
            }));
        }
        contenders.add(1, new Contender(IngestCases.OURS, () -> {
            UUID evaluation = running(made);
            List<NewEvaluationResult> results = given();
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
                .create(NewEvaluation.named(workspace.projectId(), "Nightly", EvaluationType.ACCURACY))
                .id();
        evaluations().start(id, Instant.now());
        made.add(id);
        return id;
    }

    private EvaluationRepository evaluations() {
        return workspace.tenant().evaluations();
    }

    private static List<NewEvaluationResult> given() {
        return IntStream.range(0, RESULTS).mapToObj(EvaluationCase::result).toList();
    }

    private static NewEvaluationResult result(int number) {
        boolean passed = number % 10 != 0;
        return (passed ? NewEvaluationResult.passed("test " + number) : NewEvaluationResult.failed("test " + number))
                .input(Json.of(Map.of("question", "What does article " + number + " cost in the second year?")))
                .expectedOutput(Json.of(Map.of("answer", number + " dollars a month")))
                .actualOutput(Json.of(Map.of("answer", "It costs " + number + " dollars a month.")))
                .score(passed ? new BigDecimal("0.9") : new BigDecimal("0.2"))
                .latency(Duration.ofMillis(300 + number))
                .tokens(800 + number, 60)
                .cost(new BigDecimal("0.0026"))
                .metrics(Json.of(Map.of("relevance", 0.8)))
                .build();
    }
}
