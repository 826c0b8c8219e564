package io.promptforge.dao.trace;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The rules of merging as {@link TraceRepository} states them, applied to all records of one trace or span at once. */
final class NaiveMerge<R> {
    static final Comparator<String> LAST = Comparator.naturalOrder();
    static final Comparator<UUID> LAST_ID = Comparator.comparing(UUID::toString);
    static final Comparator<ExecutionStatus> GRAVEST = Comparator.comparing(List.of(
            ExecutionStatus.RUNNING, ExecutionStatus.SUCCESS, ExecutionStatus.TIMEOUT, ExecutionStatus.ERROR)::indexOf);
    static final Comparator<Json> LONGEST = Comparator.<Json>comparingInt(
                    document -> document.canonicalText().length())
            .thenComparing(Json::canonicalText);
    static final Comparator<Json> BIGGEST = Comparator.<Json>comparingLong(
                    member -> Json.of(List.of(member)).storedBytes())
            .thenComparing(Json::canonicalText);
    static final Comparator<List<String>> MOST =
            Comparator.<List<String>>comparingInt(List::size).thenComparing(List::toString);

    private final List<R> records;
    private final Function<R, ExecutionStatus> status;

    NaiveMerge(List<R> records, ToIntFunction<R> revision, Function<R, ExecutionStatus> status) {
        int greatest = records.stream().mapToInt(revision).max().orElseThrow();
        this.records = records.stream()
                .filter(record -> revision.applyAsInt(record) == greatest)
                .toList();
        this.status = status;
    }

    /** Those that count for a field: the ones of the ended trace or span that report it, else all that report it. */
    List<R> reporting(Function<R, ? extends @Nullable Object> field) {
        List<R> reporting = records.stream()
                .filter(record -> !reportsNothing(field.apply(record)))
                .toList();
        List<R> ended = reporting.stream()
                .filter(record -> status.apply(record) != ExecutionStatus.RUNNING)
                .toList();
        return ended.isEmpty() ? reporting : ended;
    }

    <T> @Nullable T max(Function<R, @Nullable T> field, Comparator<T> order) {
        return values(field).stream().max(order).orElse(null);
    }

    <T extends Comparable<? super T>> @Nullable T greatest(Function<R, @Nullable T> field) {
        return max(field, Comparator.naturalOrder());
    }

    <T extends Comparable<? super T>> @Nullable T least(Function<R, @Nullable T> field) {
        return max(field, Comparator.reverseOrder());
    }

    /** The value that at least one record reports. */
    <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    List<String> union(Function<R, List<String>> field) {
        TreeSet<String> union = new TreeSet<>();
        values(field).forEach(union::addAll);
        return List.copyOf(union);
    }

    Json members(Function<R, Json> field) {
        Map<String, Json> members = new TreeMap<>();
        for (Json object : values(field)) {
            ((Map<?, ?>) Objects.requireNonNull(object.toJava())).forEach((name, value) -> {
                Json member = Json.of(value);
                Json before = members.get((String) name);
                if (before == null || BIGGEST.compare(member, before) > 0) {
                    members.put((String) name, member);
                }
            });
        }
        return Json.of(members);
    }

    private <T> List<T> values(Function<R, @Nullable T> field) {
        List<T> values = new ArrayList<>();
        for (R record : reporting(field)) {
            values.add(required(field.apply(record)));
        }
        return values;
    }

    private static boolean reportsNothing(@Nullable Object value) {
        return value == null
                || value.equals(List.of())
                || value.equals(Json.emptyObject())
                || value.equals(Json.emptyArray());
    }
}
