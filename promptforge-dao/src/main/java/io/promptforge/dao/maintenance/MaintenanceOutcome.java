package io.promptforge.dao.maintenance;

/** How far a run came. */
public enum MaintenanceOutcome {
    /** All was done, but what {@link MaintenanceReport#partitionsInUse} names. */
    FINISHED,
    /** There is more to do: the time was up, or, in a report of progress, the run goes on. */
    UNFINISHED,
    /** Nothing was done: another replica is at it. */
    RUNNING_ELSEWHERE
}
