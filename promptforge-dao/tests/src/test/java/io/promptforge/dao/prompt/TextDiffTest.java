package io.promptforge.dao.prompt;

import static io.promptforge.dao.prompt.TextDiff.Kind.ADDED;
import static io.promptforge.dao.prompt.TextDiff.Kind.EQUAL;
import static io.promptforge.dao.prompt.TextDiff.Kind.REMOVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.prompt.TextDiff.Kind;
import io.promptforge.dao.prompt.TextDiff.Part;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextDiffTest {

    @Test
    void linesAreRemovedAddedAndKept() {
        TextDiff diff = TextDiff.between("one\ntwo\nthree\nfour\n", "one\nzwei\ndrei\nthree\nfour\nfive\n");

        assertThat(diff.parts())
                .containsExactly(
                        part(EQUAL, "one\n"),
                        part(REMOVED, "two\n"),
                        part(ADDED, "zwei\n", "drei\n"),
                        part(EQUAL, "three\n", "four\n"),
                        part(ADDED, "five\n"));
        assertThat(diff.isEmpty()).isFalse();
    }

    @Test
    void equalTextsDifferInNothing() {
        assertThat(TextDiff.between("a\nb", "a\nb").parts()).containsExactly(part(EQUAL, "a\n", "b"));
        assertThat(TextDiff.between("a\nb", "a\nb").isEmpty()).isTrue();
        assertThat(TextDiff.between("", "").parts()).isEmpty();
    }

    @Test
    void anEmptyTextHasNoLines() {
        assertThat(TextDiff.between("", "a\nb").parts()).containsExactly(part(ADDED, "a\n", "b"));
        assertThat(TextDiff.between("a\nb", "").parts()).containsExactly(part(REMOVED, "a\n", "b"));
    }

    @Test
    void anotherLineBreakIsADifference() {
        assertThat(TextDiff.between("a\nb\rc\r\n\r\n", "a\r\nb\rc\r\n\r\n").parts())
                .containsExactly(part(REMOVED, "a\n"), part(ADDED, "a\r\n"), part(EQUAL, "b\r", "c\r\n", "\r\n"));
        assertThat(TextDiff.between("a\n", "a").parts()).containsExactly(part(REMOVED, "a\n"), part(ADDED, "a"));
    }

    /** The example of Myers' paper: ABCABBA becomes CBABAC by five edits. */
    @Test
    void asFewLinesAsPossibleChange() {
        assertThat(edits(TextDiff.between(letters("ABCABBA"), letters("CBABAC"))))
                .isEqualTo(5);
    }

    @Test
    void theDiffLeadsFromAnyTextToAnyOtherByTheFewestEdits() {
        Random random = new Random(20261122);
        for (int round = 0; round < 2_000; round++) {
            String before = text(random);
            String after = text(random);
            TextDiff diff = TextDiff.between(before, after);

            assertThat(put(diff, ADDED)).isEqualTo(before);
            assertThat(put(diff, REMOVED)).isEqualTo(after);
            assertThat(edits(diff)).as("%s to %s", before, after).isEqualTo(fewestEdits(before, after));
            assertThat(IntStream.range(1, diff.parts().size())
                            .noneMatch(i -> diff.parts().get(i).kind()
                                    == diff.parts().get(i - 1).kind()))
                    .as("neighbouring parts are of different kinds")
                    .isTrue();
        }
    }

    @Test
    void aChangeInAHugeTextIsFound() {
        String before = "same\n".repeat(100_000) + "old\n" + "\n".repeat(500_000);
        String after = "same\n".repeat(100_000) + "new\n" + "\n".repeat(500_000);

        assertThat(edits(TextDiff.between(before, after))).isEqualTo(2);
    }

    @Test
    void aFewChangesFarApartInALongTextAreTheOnlyOnes() {
        String before = numbered(20_000, 1);
        String after = "first\n" + before.replace("line 9999\n", "changed\n") + "last\n";

        assertThat(edits(TextDiff.between(before, after))).isEqualTo(4);
    }

    @Test
    void whereTooManyLinesChangedAllBetweenTheFirstAndTheLastCountAsReplaced() {
        String before = "start\n" + numbered(3_000, 1) + "end\n";
        String after = "start\n" + numbered(3_000, 2) + "end\n";
        TextDiff diff = TextDiff.between(before, after);

        assertThat(diff.parts()).extracting(Part::kind).containsExactly(EQUAL, REMOVED, ADDED, EQUAL);
        assertThat(put(diff, ADDED)).isEqualTo(before);
        assertThat(put(diff, REMOVED)).isEqualTo(after);
    }

    @Test
    void twoHostileTextsOfAMebibyteAreCompared() {
        Random random = new Random(7);
        String before = letters(random, 500_000);
        String after = letters(random, 500_000);
        TextDiff diff = TextDiff.between(before, after);

        assertThat(put(diff, ADDED)).isEqualTo(before);
        assertThat(put(diff, REMOVED)).isEqualTo(after);
    }

    private static Part part(Kind kind, String... lines) {
        return new Part(kind, List.of(lines));
    }

    /** The lines of all parts but those of one kind. */
    private static String put(TextDiff diff, Kind without) {
        return diff.parts().stream()
                .filter(part -> part.kind() != without)
                .flatMap(part -> part.lines().stream())
                .collect(Collectors.joining());
    }

    private static int edits(TextDiff diff) {
        return diff.parts().stream()
                .filter(part -> part.kind() != EQUAL)
                .mapToInt(part -> part.lines().size())
                .sum();
    }

    private static String letters(String word) {
        return word.chars().mapToObj(c -> (char) c + "\n").collect(Collectors.joining());
    }

    private static String letters(Random random, int lines) {
        return random.ints(lines, 'a', 'e').mapToObj(c -> (char) c + "\n").collect(Collectors.joining());
    }

    private static String numbered(int lines, int step) {
        return IntStream.range(0, lines)
                .mapToObj(n -> "line " + n * step + "\n")
                .collect(Collectors.joining());
    }

    private static String text(Random random) {
        return letters(random, random.nextInt(25)) + (random.nextBoolean() ? "a" : "");
    }

    /** By the longest common subsequence, the slow and simple way. */
    private static int fewestEdits(String before, String after) {
        String[] old = before.isEmpty() ? new String[0] : before.split("(?<=\n)");
        String[] now = after.isEmpty() ? new String[0] : after.split("(?<=\n)");
        int[][] common = new int[old.length + 1][now.length + 1];
        for (int i = 1; i <= old.length; i++) {
            for (int j = 1; j <= now.length; j++) {
                common[i][j] = old[i - 1].equals(now[j - 1])
                        ? common[i - 1][j - 1] + 1
                        : Math.max(common[i - 1][j], common[i][j - 1]);
            }
        }
        return old.length + now.length - 2 * common[old.length][now.length];
    }
}
