package io.promptforge.dao.prompt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which lines go and which come, so that as few as possible do: the greedy algorithm of E. W. Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986), after what both texts begin and end with is set aside. A diagonal is the number
 * of old lines consumed minus that of new ones.
 */
final class LineDiff {
    /** What is remembered of the search grows with the square of the number of edits: with this many, 4 MB. */
    private static final int MOST_EDITS = 1_000;

    /** The search takes as many steps as edits times lines, at worst: with this many, a fraction of a second. */
    private static final long MOST_STEPS = 100_000_000;

    private final int[] before;
    private final int[] after;
    private final int start;
    private final int removable;
    private final int addable;
    private final BitSet removed = new BitSet();
    private final BitSet added = new BitSet();

    /** Lines are given as numbers, equal ones for equal lines. */
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

    /** The indexes of the old lines that go. */
    BitSet removed() {
        return removed;
    }

    /** The indexes of the new lines that come. */
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
     * For each number of edits, how many old lines can be consumed at most on each diagonal, up to the number that
     * consumes all; empty if that is more than the given one.
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

    /** How many old lines are consumed when one more edit leads to a diagonal. */
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
