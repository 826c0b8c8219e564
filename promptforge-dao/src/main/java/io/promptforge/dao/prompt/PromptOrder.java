package io.promptforge.dao.prompt;

/** How a list of prompts is sorted. */
public enum PromptOrder {
    /** By name, as the database sorts text. */
    BY_NAME,
    /** Those made last come first. */
    NEWEST_FIRST,
    /** Those made first come first. */
    OLDEST_FIRST,
    /** Those that were edited, committed to or given another current version last come first. */
    RECENTLY_UPDATED_FIRST
}
