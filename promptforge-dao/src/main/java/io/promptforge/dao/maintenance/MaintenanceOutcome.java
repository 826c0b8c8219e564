package io.promptforge.dao.maintenance;

/** Whether a run finished the work. */
public enum MaintenanceOutcome {
    /** All work is done, except for {@link MaintenanceReport#partitionsInUse}. */
    FINISHED,
    /** More work is left: the time budget is used up, or, in a report of progress, the run goes on. */
    UNFINISHED,
    /** Nothing was done: another replica runs the maintenance. */
    RUNNING_ELSEWHERE
}
