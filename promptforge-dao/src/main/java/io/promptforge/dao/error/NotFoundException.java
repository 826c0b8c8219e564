package io.promptforge.dao.error;

/** What was asked for is not there, or belongs to another tenant, which looks the same. */
public final class NotFoundException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure to find.
     *
     * @param what the thing in a word or two, such as "project"
     * @param key what it was looked up by
     */
    public NotFoundException(String what, Object key) {
        super("There is no " + what + " " + key + ".", null);
    }
}
