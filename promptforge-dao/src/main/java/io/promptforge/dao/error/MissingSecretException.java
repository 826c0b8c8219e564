package io.promptforge.dao.error;

/**
 * A stored value was made with a secret of the host, by its name, that the settings of this service do not have. Nothing was changed. It
 * can be read again when the settings have the secret.
 */
public final class MissingSecretException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /** The secret with this name is missing. */
    public MissingSecretException(String name) {
        super(
                "The settings have no secret with the name " + name
                        + ". Give it with PromptForgeSettings, beside newer ones.",
                null);
        this.name = name;
    }

    /** The name of the secret. */
    public String name() {
        return name;
    }
}
