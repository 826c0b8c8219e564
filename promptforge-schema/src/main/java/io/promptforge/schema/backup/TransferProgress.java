package io.promptforge.schema.backup;

import java.time.Duration;

/**
 * How far a backup or a restore has come.
 *
 * @param step what is being done: {@code Writing}, {@code Reading} (reported at its end only), {@code Loading} or {@code Checking}
 * @param rows the rows of this step so far
 * @param total the rows of this step in all; of a backup an estimate, at least {@code rows}
 * @param elapsed since the call
 */
public record TransferProgress(String step, long rows, long total, Duration elapsed) {}
