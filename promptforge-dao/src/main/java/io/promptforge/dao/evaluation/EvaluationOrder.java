package io.promptforge.dao.evaluation;

/** In which order evaluations are listed: by the moment at which they were made. */
public enum EvaluationOrder {
    /** The one made last first. */
    NEWEST_FIRST,
    /** The one made first first. */
    OLDEST_FIRST
}
