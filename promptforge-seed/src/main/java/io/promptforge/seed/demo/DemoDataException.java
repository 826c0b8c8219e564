package io.promptforge.seed.demo;

import io.promptforge.dao.error.PromptForgeException;
import java.util.List;

/** The demo organization was edited, so that it cannot be completed. Nothing was changed. */
public final class DemoDataException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> differences;

    DemoDataException(List<String> differences) {
        super(
                "The demo organization " + DemoOrganization.SLUG + " was edited: " + String.join("; ", differences)
                        + ". Undo the edits, or load it with replace, which deletes it and all that was added to it.",
                null);
        this.differences = List.copyOf(differences);
    }

    /** Each difference in a few words: what, which field, what it is and what it was loaded as. */
    public List<String> differences() {
        return differences;
    }
}
