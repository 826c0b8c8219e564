package io.promptforge.dao.prompt;

/** What a commit does about variables that the version's schema does not allow; see {@link PromptVariables}. */
public enum VariableCheck {
    /** Refuses the version. The default. A text that is no template of the format is refused, too. */
    REFUSE,
    /** Commits the version and names them in {@link Commit#undeclared()}. A text that is no template of the format is refused. */
    REPORT,
    /** Commits any text, without reading it. */
    NONE
}
