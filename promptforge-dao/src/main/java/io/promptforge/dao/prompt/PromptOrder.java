package io.promptforge.dao.prompt;

/** How a list of prompts is sorted. */
public enum PromptOrder {
    /** By name. */
    BY_NAME,
    /** The youngest first. */
    NEWEST_FIRST,
    /** The oldest first. */
    OLDEST_FIRST,
    /** The prompts that were last edited, committed to or given another current version first. */
    RECENTLY_UPDATED_FIRST
}
