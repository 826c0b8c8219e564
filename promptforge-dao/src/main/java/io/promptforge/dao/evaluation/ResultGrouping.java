package io.promptforge.dao.evaluation;

/** What results are grouped by. */
public enum ResultGrouping {
    /** The evaluator. */
    EVALUATOR,
    /** The category of the evaluator. */
    CATEGORY,
    /** The project. */
    PROJECT,
    /** The model of the variant, else that of the evaluation. */
    MODEL
}
