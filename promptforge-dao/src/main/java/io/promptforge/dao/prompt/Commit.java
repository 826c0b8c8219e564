package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import java.util.List;

/**
 * The outcome of a commit.
 *
 * @param version the prompt's newest version, which has the committed content
 * @param isNew whether the commit added it; false if the newest version had equal content and tags already
 * @param undeclared the variables that the schema does not allow, with {@link VariableCheck#REPORT}
 */
public record Commit(PromptVersion version, boolean isNew, List<String> undeclared) {
    /** Copies the names; refuses null with an {@link io.promptforge.dao.error.InvalidValueException}. */
    public Commit {
        Check.present("version", version);
        undeclared = List.copyOf(Check.present("undeclared", undeclared));
    }
}
