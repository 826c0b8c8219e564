package io.promptforge.postgres;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Recognises a full disk, or a full folder in memory, and says how to use another one. */
final class DiskFull {

    private static final String SQL_STATE = "53100";
    private static final String MESSAGE = "No space left on device";

    private DiskFull() {}

    /** What to do about a failure for lack of space; empty for other failures. */
    static String advice(Throwable failure, Path folder) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                        .anyMatch(DiskFull::isCause)
                ? advice(folder)
                : "";
    }

    /** What to do about a failure for lack of space; empty if the server's log names none. */
    static String advice(String log, Path folder) {
        return log.contains(MESSAGE) ? advice(folder) : "";
    }

    private static boolean isCause(Throwable cause) {
        return (cause instanceof SQLException sql && SQL_STATE.equals(sql.getSQLState()))
                || String.valueOf(cause.getMessage()).contains(MESSAGE);
    }

    private static String advice(Path folder) {
        return "\nWhat to do: " + folder + " is full. Make room, or name another folder for the server's data by"
                + " -Dpromptforge.postgres.data=... or PROMPTFORGE_POSTGRES_DATA.";
    }
}
