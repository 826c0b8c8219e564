package io.promptforge.seed.demo;

import io.promptforge.dao.error.PromptForgeException;
import java.util.List;

/** The demo organization was edited, so missing parts cannot be added. Nothing was changed. */
public final class DemoDataException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> differences;

    DemoDataException(List<String> differences) {
        super(
                "The demo organization " + DemoOrganization.SLUG + " was edited: " + String.join("; ", differences)
                        + ". Undo the edits, or use replace, which deletes the organization with everything that was added to it.",
                null);
        this.differences = List.copyOf(differences);
    }

    /** The differences. Each names the thing, the field, the present value and the loaded one. */
    public List<String> differences() {
        return differences;
    }
}
