package io.promptforge.schema.type;

/** What an evaluator is. */
public enum EvaluatorKind {
    /** A program: exact match, regular expression, similarity. */
    CODE,
    /** A language model that judges by a prompt. */
    LLM_JUDGE,
    /** An evaluation product of a vendor, called through an adapter. */
    VENDOR,
    /** A person. */
    PERSON
}
