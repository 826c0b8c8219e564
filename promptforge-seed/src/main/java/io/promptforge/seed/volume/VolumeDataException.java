package io.promptforge.seed.volume;

import io.promptforge.dao.error.PromptForgeException;
import org.jspecify.annotations.Nullable;

/**
 * A load could not be done, or what it finds stored is not what it wrote. What was written before stays: the same load,
 * called again, goes on from there.
 */
public final class VolumeDataException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    VolumeDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
