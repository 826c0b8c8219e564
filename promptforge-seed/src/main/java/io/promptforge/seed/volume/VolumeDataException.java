package io.promptforge.seed.volume;

import io.promptforge.dao.error.PromptForgeException;
import org.jspecify.annotations.Nullable;

/**
 * A load failed, or the stored rows differ from what was written. What was written stays; calling the load again continues.
 */
public final class VolumeDataException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    VolumeDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
