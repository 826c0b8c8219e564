package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
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

    private static final Comparator<Json> BY_SIZE_AND_TEXT = Comparator.comparingLong(
                    (Json value) -> Json.of(List.of(value)).storedBytes())
            .thenComparing(Json::canonicalText);

    private static final long BYTES_OF_TAGS = 4_096;

    /** The head of an array of one dimension without nulls. */
    private static final long BYTES_OF_ARRAY = 24;

    /** The member of a union that says from which name on members are missing, by the start of that name. */
    private static final String CUT = "promptforge.cut";

    private static final int CHARACTERS_OF_CUT = 100;

    /** Its name and value, of at most four bytes for a character. */
    private static final long BYTES_OF_CUT = 4 + 15 + 4 + 4 * CHARACTERS_OF_CUT;

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

    /**
     * The tags of both, sorted and without repetition; of too many, the shortest that fit the column. A tag that did not fit is at
     * least as long as all that were kept, so no later tag takes the room that it leaves.
     */
    static List<String> tags(List<String> one, List<String> other) {
        Set<String> shortestFirst = new TreeSet<>(
                Comparator.comparingLong(MergeRules::bytesInArray).thenComparing(Comparator.naturalOrder()));
        shortestFirst.addAll(one);
        shortestFirst.addAll(other);
        Set<String> kept = new TreeSet<>();
        long left = BYTES_OF_TAGS - BYTES_OF_ARRAY;
        for (String tag : shortestFirst) {
            left -= bytesInArray(tag);
            if (left < 0) {
                break;
            }
            kept.add(tag);
        }
        return List.copyOf(kept);
    }

    /** As PostgreSQL stores a text in an array: a head of four bytes, and the start of the next one aligned to four. */
    private static long bytesInArray(String text) {
        return (4L + text.getBytes(StandardCharsets.UTF_8).length + 3) / 4 * 4;
    }

    /**
     * The members of both objects; of a member of both, the bigger value. Of too many, the first that fit the column are kept, in the
     * order of their names, and the member {@link #CUT} has the name from which on they are missing. A member takes at least as much in
     * a union as in each of its parts, and none behind that name is added again, so the order of the records makes no difference.
     */
    static BinaryOperator<Json> union(long mostBytes) {
        return (one, other) -> one.equals(other) ? one : union(one, other, mostBytes);
    }

    private static Json union(Json one, Json other, long mostBytes) {
        SortedMap<String, Json> members = members(one);
        String cut = cutOf(members);
        SortedMap<String, Json> others = members(other);
        cut = orNull(cut, cutOf(others), MergeRules::least);
        others.forEach((name, value) -> members.merge(name, value, MergeRules::biggest));
        long room = mostBytes - Json.emptyObject().storedBytes();
        SortedMap<String, Json> rest = cut == null ? members : members.headMap(cut);
        String missing = firstWithoutRoom(rest, cut == null ? room : room - BYTES_OF_CUT);
        if (missing != null) {
            cut = start(Objects.requireNonNull(firstWithoutRoom(rest, room - BYTES_OF_CUT)));
        }
        if (cut == null) {
            return Json.of(members);
        }
        Map<String, Json> kept = new TreeMap<>(members.headMap(cut));
        kept.put(CUT, Json.of(cut));
        return Json.of(kept);
    }

    /** The name that the note of a cut has, which is removed; null if there is none. */
    private static @Nullable String cutOf(Map<String, Json> members) {
        Json note = members.remove(CUT);
        return note != null && note.toJava() instanceof String name ? start(name) : null;
    }

    private static @Nullable String firstWithoutRoom(Map<String, Json> members, long room) {
        long left = room;
        for (Map.Entry<String, Json> member : members.entrySet()) {
            left -= bytes(member);
            if (left < 0) {
                return member.getKey();
            }
        }
        return null;
    }

    private static String start(String name) {
        return name.codePointCount(0, name.length()) <= CHARACTERS_OF_CUT
                ? name
                : name.substring(0, name.offsetByCodePoints(0, CHARACTERS_OF_CUT));
    }

    private static long bytes(Map.Entry<String, Json> member) {
        return Json.of(Map.of(member.getKey(), member.getValue())).storedBytes()
                - Json.emptyObject().storedBytes();
    }

    private static Json biggest(Json one, Json other) {
        return one.equals(other) ? one : by(BY_SIZE_AND_TEXT, one, other);
    }

    static <T> @Nullable T orNull(@Nullable T one, @Nullable T other, BinaryOperator<T> rule) {
        return one == null ? other : other == null ? one : rule.apply(one, other);
    }

    private static SortedMap<String, Json> members(Json object) {
        Map<?, ?> members = (Map<?, ?>) object.toJava();
        return members == null
                ? new TreeMap<>()
                : members.entrySet().stream()
                        .collect(Collectors.toMap(
                                member -> (String) member.getKey(),
                                member -> Json.of(member.getValue()),
                                MergeRules::biggest,
                                TreeMap::new));
    }

    private static <T> T by(Comparator<T> order, T one, T other) {
        return order.compare(one, other) >= 0 ? one : other;
    }
}
