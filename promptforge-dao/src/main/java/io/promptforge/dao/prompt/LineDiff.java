package io.promptforge.dao.prompt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the fewest lines to remove and to add: the greedy algorithm of E. W. Myers, "An O(ND) Difference Algorithm and Its
 * Variations" (1986), between the common beginning and the common end of both texts. A diagonal is the number of old lines
 * consumed minus the number of new lines consumed.
 */
final class LineDiff {
    /** The memory of the search grows with the square of the number of edits: with this many, it takes 4 MB. */
    private static final int MOST_EDITS = 1_000;

    /** The search takes at most edits times lines steps: with this many, it takes a fraction of a second. */
    private static final long MOST_STEPS = 100_000_000;

    private final int[] before;
    private final int[] after;
    private final int start;
    private final int removable;
    private final int addable;
    private final BitSet removed = new BitSet();
    private final BitSet added = new BitSet();

    /** Compares texts whose lines are numbers; equal lines have equal numbers. */
    LineDiff(int[] before, int[] after) {
        this.before = before;
        this.after = after;
        int shorter = Math.min(before.length, after.length);
        int first = 0;
        while (first < shorter && before[first] == after[first]) {
            first++;
        }
        int last = 0;
        while (last < shorter - first && before[before.length - 1 - last] == after[after.length - 1 - last]) {
            last++;
        }
        start = first;
        removable = before.length - last - first;
        addable = after.length - last - first;
        search();
    }

    /** The indexes of the removed old lines. */
    BitSet removed() {
        return removed;
    }

    /** The indexes of the added new lines. */
    BitSet added() {
        return added;
    }

    private void search() {
        long lines = (long) removable + addable;
        long most = Math.min(Math.min(lines, MOST_EDITS), MOST_STEPS / Math.max(1, lines));
        List<int[]> reached = removable == 0 || addable == 0 ? List.of() : reached((int) most);
        if (reached.isEmpty()) {
            removed.set(start, start + removable);
            added.set(start, start + addable);
        } else {
            goBack(reached);
        }
    }

    /**
     * For each number of edits, the most old lines that can be consumed on each diagonal, up to the number of edits that
     * consumes all lines; empty if that takes more edits than the given number.
     */
    private List<int[]> reached(int mostEdits) {
        List<int[]> reached = new ArrayList<>();
        for (int edits = 0; edits <= mostEdits; edits++) {
            int[] furthest = new int[2 * edits + 1];
            reached.add(furthest);
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
                int old = edits == 0 ? 0 : oneMore(reached.get(edits - 1), edits, diagonal);
                while (old < removable && old - diagonal < addable && isKept(old, old - diagonal)) {
                    old++;
                }
                furthest[diagonal + edits] = old;
                if (old >= removable && old - diagonal >= addable) {
                    return reached;
                }
            }
        }
        return List.of();
    }

    private boolean isKept(int old, int now) {
        return before[start + old] == after[start + now];
    }

    /** Follows the search from its end to its beginning. */
    private void goBack(List<int[]> reached) {
        int diagonal = removable - addable;
        for (int edits = reached.size() - 1; edits > 0; edits--) {
            int[] previous = reached.get(edits - 1);
            if (isAddition(previous, edits, diagonal)) {
                diagonal++;
                added.set(start + at(previous, edits - 1, diagonal) - diagonal);
            } else {
                diagonal--;
                removed.set(start + at(previous, edits - 1, diagonal));
            }
        }
    }

    /** The number of old lines that are consumed when one more edit leads to a diagonal. */
    private static int oneMore(int[] previous, int edits, int diagonal) {
        return isAddition(previous, edits, diagonal)
                ? at(previous, edits - 1, diagonal + 1)
                : at(previous, edits - 1, diagonal - 1) + 1;
    }

    private static boolean isAddition(int[] previous, int edits, int diagonal) {
        if (diagonal == -edits || diagonal == edits) {
            return diagonal == -edits;
        }
        return at(previous, edits - 1, diagonal - 1) < at(previous, edits - 1, diagonal + 1);
    }

    private static int at(int[] furthest, int edits, int diagonal) {
        return furthest[diagonal + edits];
    }
}
