package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules that decide between two reported values: each takes the greater in a total order of all values, so that the order in
 * which they come makes no difference.
 */
final class MergeRules {
    private static final List<ExecutionStatus> BY_GRAVITY =
            List.of(ExecutionStatus.RUNNING, ExecutionStatus.SUCCESS, ExecutionStatus.TIMEOUT, ExecutionStatus.ERROR);

    private static final Comparator<Json> BY_LENGTH_AND_TEXT = Comparator.comparing(
                    Json::canonicalText, Comparator.comparingInt(String::length))
            .thenComparing(Json::canonicalText);

    private MergeRules() {}

    static <T extends Comparable<? super T>> T greatest(T one, T other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    static <T extends Comparable<? super T>> T least(T one, T other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static UUID id(UUID one, UUID other) {
        return by(Comparator.comparing(UUID::toString), one, other);
    }

    /** Error before timeout before success before running, so that a failure is not hidden. */
    static ExecutionStatus gravest(ExecutionStatus one, ExecutionStatus other) {
        return by(Comparator.comparing(BY_GRAVITY::indexOf), one, other);
    }

    /** Any kind before {@code OTHER}. */
    static SpanKind kind(SpanKind one, SpanKind other) {
        return by(
                Comparator.<SpanKind, Boolean>comparing(kind -> kind != SpanKind.OTHER)
                        .thenComparing(SpanKind::name),
                one,
                other);
    }

    static List<String> longest(List<String> one, List<String> other) {
        return by(Comparator.<List<String>>comparingInt(List::size).thenComparing(List::toString), one, other);
    }

    static Json longest(Json one, Json other) {
        return by(BY_LENGTH_AND_TEXT, one, other);
    }

    /** The texts of both lists, sorted and without repetition. */
    static List<String> union(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().sorted().toList();
    }

    /** The members of both objects; of a member of both, the longer value. */
    static Json union(Json one, Json other) {
        Map<String, Json> members = members(one);
        members(other).forEach((name, value) -> members.merge(name, value, MergeRules::longest));
        return Json.of(members);
    }

    static <T> @Nullable T orNull(@Nullable T one, @Nullable T other, BinaryOperator<T> rule) {
        return one == null ? other : other == null ? one : rule.apply(one, other);
    }

    private static Map<String, Json> members(Json object) {
        Map<?, ?> members = (Map<?, ?>) object.toJava();
        return members == null
                ? new TreeMap<>()
                : members.entrySet().stream()
                        .collect(Collectors.toMap(
                                member -> (String) member.getKey(),
                                member -> Json.of(member.getValue()),
                                MergeRules::longest,
                                TreeMap::new));
    }

    private static <T> T by(Comparator<T> order, T one, T other) {
        return order.compare(one, other) >= 0 ? one : other;
    }
}
