package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Check;
import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.CaseFamily.Cases;
import io.promptforge.benchmarks.InsertTable.Rows;
import io.promptforge.dao.evaluation.EvaluationRepository;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.schema.type.EvaluationType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The results of an evaluation, recorded by one call, with the totals of the evaluation. */
record EvaluationCases(Workspace workspace) implements Cases {
    private static final String TOTALS = """
            UPDATE evaluations
            SET (total_tests, passed_tests, failed_tests, scored_tests, score_sum) = (
                SELECT count(*), count(*) FILTER (WHERE passed), count(*) FILTER (WHERE NOT passed), count(score), sum(score)
                FROM evaluation_results
                WHERE organization_id = '%1$s' AND evaluation_id = '%2$s')
            WHERE organization_id = '%1$s' AND id = '%2$s'
            """;

    /** An evaluation and its results, without what differs from one evaluation to the next. */
    private static final String STORED = """
            SELECT concat_ws(' ', total_tests, passed_tests, failed_tests, average_score)
            FROM evaluations
            WHERE id = '%1$s'
            UNION ALL
            (SELECT (to_jsonb(result) - '{id,evaluation_id,created_at,updated_at}'::text[])::text
            FROM evaluation_results AS result
            WHERE evaluation_id = '%1$s'
            ORDER BY test_name)
            """;

    @Override
    public Stream<Case> cases() {
        return Stream.of(1_000).map(results -> of(workspace.scale().rows(results)));
    }

    private Case of(int results) {
        List<Contender> contenders = new ArrayList<>();
        List<UUID> made = new ArrayList<>();
        for (RowWriter writer : workspace.rowWriters()) {
            contenders.add(new Contender(writer.name(), () -> {
                UUID evaluation = running(made);
                List<ResultInsert> rows = given(results).stream()
                        .map(result ->
                                new ResultInsert(workspace.organizationId(), UUID.randomUUID(), evaluation, result))
                        .toList();
                String totals = TOTALS.formatted(workspace.organizationId(), evaluation);
                return () -> {
                    writer.write(List.of(new Rows<>(ResultInsert.TABLE, rows)), false, totals);
                    return results;
                };
            }));
        }
        contenders.add(1, new Contender(Case.PROMPTFORGE, () -> {
            UUID evaluation = running(made);
            List<NewEvaluationResult> given =
                    given(results).stream().map(GivenResult::asNew).toList();
            return () -> {
                evaluations().append(evaluation, given);
                return results;
            };
        }));
        Check check = Check.ofStates(
                contenders, () -> workspace.database().query(STORED.formatted(made.get(made.size() - 1))));
        return Case.of("record " + Markdown.number(results) + " results", Measure.RATE, contenders, check)
                .afterwards(() -> made.forEach(evaluations()::delete));
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

    private static List<GivenResult> given(int results) {
        return IntStream.range(0, results).mapToObj(GivenResult::of).toList();
    }
}
