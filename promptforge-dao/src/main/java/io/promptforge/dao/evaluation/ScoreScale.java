package io.promptforge.dao.evaluation;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that a metric can have, and which are better. A higher number, yes, and a later label are better, unless
 * {@link #lowerIsBetter} says the contrary. Immutable.
 *
 * @param kind the kind of its values
 * @param lowest the lowest number; empty for other kinds
 * @param highest the highest number; empty for other kinds
 * @param labels the labels, the lowest first; empty for other kinds
 * @param higherIsBetter whether a higher value is better
 */
public record ScoreScale(
        Kind kind,
        Optional<BigDecimal> lowest,
        Optional<BigDecimal> highest,
        List<String> labels,
        boolean higherIsBetter) {
    private static final int DECIMALS = 6;
    private static final BigDecimal GREATEST = new BigDecimal("1000000000");
    private static final int MOST_LABELS = 100;
    private static final int LONGEST_LABEL = 500;

    /** The kinds of values. */
    public enum Kind {
        /** Numbers between a lowest and a highest one. */
        NUMBER,
        /** One of some labels. */
        LABEL,
        /** Yes or no, as 1 or 0. */
        YES_OR_NO
    }

    /** Copies the labels. */
    public ScoreScale {
        labels = List.copyOf(labels);
    }

    /**
     * Numbers: 0 to 1, 0 to 5, 0 to 100.
     *
     * @throws InvalidValueException if the lowest is not less than the highest, or one of them is not between -1e9 and 1e9
     */
    public static ScoreScale ofNumbers(BigDecimal lowest, BigDecimal highest) {
        BigDecimal from = Check.present("lowest", rounded("lowest", lowest));
        BigDecimal to = Check.present("highest", rounded("highest", highest));
        if (from.compareTo(to) >= 0) {
            throw new InvalidValueException(
                    "highest",
                    "The field highest is not greater than the field lowest.",
                    "Give a greater number.",
                    null);
        }
        return new ScoreScale(Kind.NUMBER, Optional.of(plain(from)), Optional.of(plain(to)), List.of(), true);
    }

    /** Numbers between two whole ones. See {@link #ofNumbers(BigDecimal, BigDecimal)}. */
    public static ScoreScale ofNumbers(long lowest, long highest) {
        return ofNumbers(BigDecimal.valueOf(lowest), BigDecimal.valueOf(highest));
    }

    /**
     * Labels, the lowest first: 1 to 100 of 1 to 500 characters.
     *
     * @throws InvalidValueException if there are too few or too many, or one is blank or too long
     */
    public static ScoreScale ofLabels(String... lowestFirst) {
        List<String> labels = Check.list("labels", lowestFirst == null ? null : List.of(lowestFirst));
        labels.forEach(label -> Check.text("labels", label, LONGEST_LABEL));
        if (labels.isEmpty() || labels.size() > MOST_LABELS) {
            throw new InvalidValueException(
                    "labels",
                    "The field labels has " + labels.size() + " elements.",
                    "Give 1 to " + MOST_LABELS + ".",
                    null);
        }
        return new ScoreScale(Kind.LABEL, Optional.empty(), Optional.empty(), labels, true);
    }

    /** Yes or no. */
    public static ScoreScale ofYesOrNo() {
        return new ScoreScale(Kind.YES_OR_NO, Optional.empty(), Optional.empty(), List.of(), true);
    }

    /** This scale with lower values as the better ones: toxicity, number of errors. */
    public ScoreScale lowerIsBetter() {
        return new ScoreScale(kind, lowest, highest, labels, false);
    }

    static @Nullable BigDecimal rounded(String field, @Nullable BigDecimal score) {
        return Check.optionalRounded(field, score, DECIMALS, GREATEST.negate(), GREATEST);
    }

    /** Refuses what is not on the scale. */
    void check(String metric, @Nullable BigDecimal value, @Nullable String label) {
        String taken = value == null ? taken(label) : taken(value);
        if (!taken.isEmpty()) {
            throw new InvalidValueException(
                    label == null ? "score" : "label",
                    "The score of the metric " + metric + " is not on the scale of the evaluation.",
                    "Give " + taken,
                    null);
        }
    }

    /** What the scale takes instead of a label; empty if it takes the label. */
    private String taken(@Nullable String label) {
        if (kind != Kind.LABEL) {
            return label == null ? "" : "a number.";
        }
        return label == null || labels.contains(label) ? "" : "one of its labels.";
    }

    /** What the scale takes instead of a number; empty if it takes the number. */
    private String taken(BigDecimal value) {
        return switch (kind) {
            case LABEL -> "a label.";
            case YES_OR_NO ->
                value.signum() == 0 || value.compareTo(BigDecimal.ONE) == 0 ? "" : "1 for yes or 0 for no.";
            case NUMBER -> {
                BigDecimal least = lowest.orElse(value);
                BigDecimal greatest = highest.orElse(value);
                yield value.compareTo(least) >= 0 && value.compareTo(greatest) <= 0
                        ? ""
                        : "a number from " + least + " to " + greatest + ".";
            }
        };
    }

    /** As JSON: {@code {"kind":"NUMBER","lowest":0,"highest":5,"higher_is_better":true}}. */
    public Json toJson() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", kind);
        lowest.ifPresent(number -> members.put("lowest", number));
        highest.ifPresent(number -> members.put("highest", number));
        if (!labels.isEmpty()) {
            members.put("labels", labels);
        }
        members.put("higher_is_better", higherIsBetter);
        return Json.of(members);
    }

    /**
     * Reads what {@link #toJson} gives.
     *
     * @throws InvalidValueException if the document is of another form
     */
    public static ScoreScale of(Json document) {
        Object scale = Check.present("scale", document).toJava();
        try {
            return of((Map<?, ?>) Check.present("scale", scale));
        } catch (ClassCastException | IllegalArgumentException e) {
            throw new InvalidValueException(
                    "scale", "The field scale is not a scale.", "Give what ScoreScale.toJson gives.", e);
        }
    }

    static ScoreScale of(Map<?, ?> stored) {
        return new ScoreScale(
                Kind.valueOf(String.valueOf(stored.get("kind"))),
                Documents.number(stored, "lowest"),
                Documents.number(stored, "highest"),
                stored.get("labels") instanceof List<?> labels
                        ? labels.stream().map(String::valueOf).toList()
                        : List.of(),
                Boolean.TRUE.equals(stored.get("higher_is_better")));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
