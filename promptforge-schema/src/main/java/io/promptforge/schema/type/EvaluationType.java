package io.promptforge.schema.type;

/** What an evaluation judges. */
public enum EvaluationType {
    /** Whether answers are right. */
    ACCURACY,
    /** Whether answers are offensive. */
    TOXICITY,
    /** Whether answers favour or slight a group. */
    BIAS,
    /** Something of the caller's own. */
    CUSTOM
}
