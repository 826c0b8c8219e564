package io.promptforge.dao.evaluator;

import static io.promptforge.schema.jooq.Tables.EVALUATORS;
import static io.promptforge.schema.jooq.Tables.EVALUATOR_VERSIONS;

import io.promptforge.dao.evaluation.ScoreScale;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps rows to evaluators and their versions. */
final class EvaluatorRows {
    static final RowReader<Evaluator> EVALUATOR = RowReader.of(
            Selection.of(
                    EVALUATORS.ID,
                    EVALUATORS.NAME,
                    EVALUATORS.DESCRIPTION,
                    EVALUATORS.CATEGORY,
                    EVALUATORS.KIND,
                    EVALUATORS.TAGS,
                    EVALUATORS.ACTIVE,
                    EVALUATORS.LATEST_VERSION,
                    EVALUATORS.CREATED_BY,
                    EVALUATORS.CREATED_AT,
                    EVALUATORS.UPDATED_AT),
            EvaluatorRows::evaluator);

    static final RowReader<EvaluatorVersion> VERSION = RowReader.of(
            Selection.of(
                    EVALUATOR_VERSIONS.ID,
                    EVALUATOR_VERSIONS.EVALUATOR_ID,
                    EVALUATOR_VERSIONS.VERSION_NUMBER,
                    EVALUATOR_VERSIONS.CONFIGURATION_SCHEMA,
                    EVALUATOR_VERSIONS.CONFIGURATION_DEFAULTS,
                    EVALUATOR_VERSIONS.CRITERIA,
                    EVALUATOR_VERSIONS.JUDGE_MODEL,
                    EVALUATOR_VERSIONS.PROMPTS,
                    EVALUATOR_VERSIONS.SCALE,
                    EVALUATOR_VERSIONS.CATALOGUE_EDITION,
                    EVALUATOR_VERSIONS.CREATED_BY,
                    EVALUATOR_VERSIONS.CREATED_AT),
            EvaluatorRows::version);

    private EvaluatorRows() {}

    private static Evaluator evaluator(ResultRow row) {
        return new Evaluator(
                row.take(EVALUATORS.ID),
                row.take(EVALUATORS.NAME),
                row.takeOptional(EVALUATORS.DESCRIPTION),
                row.take(EVALUATORS.CATEGORY),
                row.take(EVALUATORS.KIND),
                row.takeTexts(EVALUATORS.TAGS),
                row.take(EVALUATORS.ACTIVE),
                row.take(EVALUATORS.LATEST_VERSION),
                row.takeOptional(EVALUATORS.CREATED_BY),
                row.take(EVALUATORS.CREATED_AT),
                row.take(EVALUATORS.UPDATED_AT));
    }

    private static EvaluatorVersion version(ResultRow row) {
        return new EvaluatorVersion(
                row.take(EVALUATOR_VERSIONS.ID),
                row.take(EVALUATOR_VERSIONS.EVALUATOR_ID),
                row.take(EVALUATOR_VERSIONS.VERSION_NUMBER),
                row.takeJson(EVALUATOR_VERSIONS.CONFIGURATION_SCHEMA),
                row.takeJson(EVALUATOR_VERSIONS.CONFIGURATION_DEFAULTS),
                row.takeOptional(EVALUATOR_VERSIONS.CRITERIA),
                row.takeOptional(EVALUATOR_VERSIONS.JUDGE_MODEL),
                row.takeJson(EVALUATOR_VERSIONS.PROMPTS),
                row.takeOptionalJson(EVALUATOR_VERSIONS.SCALE).map(ScoreScale::of),
                row.takeOptional(EVALUATOR_VERSIONS.CATALOGUE_EDITION),
                row.takeOptional(EVALUATOR_VERSIONS.CREATED_BY),
                row.take(EVALUATOR_VERSIONS.CREATED_AT));
    }

    /** The tags sorted and without repetition, if none of them is blank. */
    static List<String> tags(@Nullable List<String> labels) {
        return Check.texts("tags", labels).stream().distinct().sorted().toList();
    }
}
