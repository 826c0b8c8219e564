package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/**
 * A sealed secret cannot be opened: it was sealed with another master key of this name, or for another tenant, row or column, or it was
 * changed in the database. Nothing was changed.
 */
public final class UnreadableSecretException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * An unreadable secret.
     *
     * @param place the column and the row
     * @param reason why, as the end of a sentence
     * @param cause the error of the cipher, if there is one
     */
    public UnreadableSecretException(String place, String reason, @Nullable Throwable cause) {
        super("The sealed secret of " + place + " cannot be opened: " + reason + ".", cause);
    }
}
