package io.promptforge.dao.internal.write;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Keys for new rows: UUIDv7, so that rows made one after the other lie side by side in an index. */
public final class Ids {
    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private Ids() {}

    /** A new key; safe from any thread. */
    public static UUID next() {
        return GENERATOR.generate();
    }
}
