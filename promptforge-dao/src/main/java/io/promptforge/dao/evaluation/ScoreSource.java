package io.promptforge.dao.evaluation;

/** The kind of what gave a score. */
public enum ScoreSource {
    /** A person. */
    PERSON,
    /** A language model that judges. */
    JUDGE_MODEL,
    /** A program. */
    CODE
}
