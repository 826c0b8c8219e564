package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Check;
import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.Case.Work;
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
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The results of an evaluation, recorded by one call or by many, with the totals of the evaluation. */
record EvaluationCases(Workspace workspace) implements Cases {
    private static final String TOTALS = """
            UPDATE evaluations
            SET (total_tests, passed_tests, failed_tests, error_tests, scored_tests, score_sum) = (
                SELECT count(*), count(*) FILTER (WHERE outcome = 'passed'), count(*) FILTER (WHERE outcome = 'failed'),
                       count(*) FILTER (WHERE outcome = 'error'), count(score), sum(score)
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

    /** The results that a case has written, and whether the totals of their evaluation are those of all its results. */
    private static final String MEASURED = """
            SELECT (SELECT count(*) = total_tests AND sum(score) = score_sum
                FROM evaluation_results
                WHERE evaluation_id = '%1$s')::text
            FROM evaluations
            WHERE id = '%1$s'
            UNION ALL
            (SELECT (to_jsonb(result) - '{id,evaluation_id,created_at}'::text[])::text
            FROM evaluation_results AS result
            WHERE evaluation_id = '%1$s' AND split_part(test_name, ' ', 2)::integer < %2$d
            ORDER BY test_name)
            """;

    private static final String FIRST_BATCHES = "the first batches";
    private static final int BATCH = 10;
    private static final int MEASURED_BATCHES = 50;
    private static final int EARLIER_BATCHES = 950;

    @Override
    public Stream<Case> cases() {
        return Stream.<Supplier<Case>>of(() -> of(workspace.scale().rows(1_000)), this::lastAgainstFirst)
                .map(Supplier::get);
    }

    /** Batches of an evaluation that has many, against those of one that has none. */
    private Case lastAgainstFirst() {
        int batches = workspace.scale().calls(MEASURED_BATCHES);
        int earlier = workspace.scale().rows(EARLIER_BATCHES);
        List<UUID> made = new ArrayList<>();
        List<Contender> contenders = List.of(
                new Contender(FIRST_BATCHES, () -> appends(running(made), 0, batches)),
                new Contender(Case.PROMPTFORGE, () -> {
                    UUID evaluation = running(made);
                    appends(evaluation, batches, batches + earlier).run();
                    return appends(evaluation, 0, batches);
                }));
        Check check = Check.ofStates(
                contenders,
                () -> workspace.database().query(MEASURED.formatted(made.get(made.size() - 1), batches * BATCH)));
        String name = "the last of " + Markdown.number(batches + earlier) + " batches of " + BATCH + " results";
        return Case.of(name, Measure.RATE, contenders, check)
                .promising(FIRST_BATCHES, 0.9)
                .afterwards(() -> made.forEach(evaluations()::delete));
    }

    private Work appends(UUID evaluation, int from, int to) {
        List<List<NewEvaluationResult>> given = IntStream.range(from, to)
                .mapToObj(batch -> IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                        .mapToObj(number -> GivenResult.of(number).asNew())
                        .toList())
                .toList();
        return () -> {
            given.forEach(batch -> evaluations().append(evaluation, batch));
            return (long) given.size() * BATCH;
        };
    }

    private Case of(int results) {
        List<Contender> contenders = new ArrayList<>();
        List<UUID> made = new ArrayList<>();
        for (RowWriter writer : workspace.rowWriters()) {
            contenders.add(new Contender(writer.name(), () -> {
                UUID evaluation = running(made);
                List<ResultInsert> rows = given(results).stream()
                        .map(result -> new ResultInsert(
                                workspace.organizationId(),
                                UUID.randomUUID(),
                                workspace.projectId(),
                                evaluation,
                                result))
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
