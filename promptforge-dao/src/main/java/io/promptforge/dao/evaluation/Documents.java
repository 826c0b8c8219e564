package io.promptforge.dao.evaluation;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is stored in documents of evaluations and results: scales, scores and earlier ends, to and from JSON. */
final class Documents {
    private Documents() {}

    /** The scales of metrics. */
    static Map<String, ScoreScale> scales(Json stored) {
        Map<String, ScoreScale> scales = new LinkedHashMap<>();
        if (stored.toJava() instanceof Map<?, ?> members) {
            members.forEach((metric, scale) -> scales.put(String.valueOf(metric), ScoreScale.of((Map<?, ?>) scale)));
        }
        return scales;
    }

    /** The earlier ends of an evaluation. */
    static List<EvaluationEnd> ends(Json stored) {
        return objects(stored).stream().map(EvaluationEnd::of).toList();
    }

    /** The further scores of a result. */
    static List<Score> scores(Json stored) {
        return objects(stored).stream()
                .map(score -> new Score(
                        text(score, "metric").orElseThrow(),
                        number(score, "value"),
                        text(score, "label"),
                        text(score, "comment"),
                        text(score, "source").map(ScoreSource::valueOf),
                        text(score, "given_by"),
                        time(score, "added_at")))
                .toList();
    }

    /** As the scores that come with a result are stored. */
    static Json json(List<NewScore> scores) {
        return scores.isEmpty()
                ? Json.emptyArray()
                : Json.of(scores.stream().map(score -> score.values().toMap()).toList());
    }

    /** As scores that are added later are stored. */
    static Json json(List<NewScore> scores, Instant addedAt) {
        return Json.of(scores.stream()
                .map(score ->
                        score.values().with("added_at", addedAt.toString()).toMap())
                .toList());
    }

    /** Refuses a score that is not on the scale of its metric; the path names it. */
    static void check(Map<String, ScoreScale> scales, List<NewScore> scores) {
        for (int i = 0; i < scores.size(); i++) {
            ColumnValues values = scores.get(i).values();
            try {
                check(scales, values.get("metric"), values.get("value"), values.get("label"));
            } catch (InvalidValueException refusal) {
                throw refusal.at("scores[" + i + "]", null);
            }
        }
    }

    /** Refuses a score that is not on the scale of its metric. */
    static void check(
            Map<String, ScoreScale> scales,
            @Nullable String metric,
            @Nullable BigDecimal value,
            @Nullable String label) {
        ScoreScale scale = scales.get(metric);
        if (scale != null && metric != null) {
            scale.check(metric, value, label);
        }
    }

    static Optional<BigDecimal> number(Map<?, ?> document, String member) {
        return text(document, member).map(BigDecimal::new).map(Columns::plain);
    }

    static Optional<String> text(Map<?, ?> document, String member) {
        return Optional.ofNullable(document.get(member)).map(String::valueOf);
    }

    static Optional<Instant> time(Map<?, ?> document, String member) {
        return text(document, member).map(text -> OffsetDateTime.parse(text).toInstant());
    }

    private static List<Map<?, ?>> objects(Json stored) {
        return stored.toJava() instanceof List<?> elements
                ? elements.stream()
                        .<Map<?, ?>>map(element -> (Map<?, ?>) element)
                        .toList()
                : List.of();
    }
}
