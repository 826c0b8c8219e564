package io.promptforge.dao.error;

import java.util.Collection;
import java.util.List;

/** A template cannot be rendered, because it writes variables for which no value is given. */
public final class MissingVariablesException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private static final int MOST_NAMED = 10;

    private final List<String> names;

    /**
     * A refusal to render.
     *
     * @param names the variables without a value, or their members: {@code customer.name}
     */
    public MissingVariablesException(Collection<String> names) {
        super("No values are given for the variables " + some(List.copyOf(names)) + ".", null);
        this.names = List.copyOf(names);
    }

    /** All variables that have no value, in the order of their first use; of a member that is not there, the path. */
    public List<String> names() {
        return names;
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return names.size() > MOST_NAMED ? shown + " and " + (names.size() - MOST_NAMED) + " more" : shown;
    }
}
