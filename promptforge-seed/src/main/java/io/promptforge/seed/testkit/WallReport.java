package io.promptforge.seed.testkit;

import java.util.List;

/**
 * Which broken walls a check noticed.
 *
 * @param killed the walls whose absence it noticed
 * @param survived the walls whose absence it did not notice: each is a test that is missing
 */
public record WallReport(List<TenantWall> killed, List<TenantWall> survived) {

    /** Copies the lists. */
    public WallReport {
        killed = List.copyOf(killed);
        survived = List.copyOf(survived);
    }

    /** The share of walls whose absence was noticed, 0 to 1; 1 if there are none. */
    public double killedShare() {
        int all = killed.size() + survived.size();
        return all == 0 ? 1 : (double) killed.size() / all;
    }

    /** Returns how many were killed, and the statement of each that survived, on a line of its own. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(killed.size() + " of " + (killed.size() + survived.size()) + " killed");
        survived.forEach(wall -> text.append("\nsurvived: ").append(wall));
        return text.toString();
    }
}
