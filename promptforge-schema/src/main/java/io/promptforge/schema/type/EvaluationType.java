package io.promptforge.schema.type;

/** The subject of an evaluation. */
public enum EvaluationType {
    /** The correctness of answers. */
    ACCURACY,
    /** Offensive content in answers. */
    TOXICITY,
    /** Answers that favour or disadvantage a group. */
    BIAS,
    /** A subject that the application defines. */
    CUSTOM
}
