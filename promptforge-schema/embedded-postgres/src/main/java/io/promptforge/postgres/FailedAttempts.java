package io.promptforge.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects failed attempts with their reasons, for the message of the exception. */
final class FailedAttempts {

    private final List<String> lines = new ArrayList<>();
    private @Nullable Throwable last;

    void failed(Object what, String why) {
        lines.add("  - " + what + ": " + why);
    }

    void failed(Object what, Exception why) {
        failed(what, reason(why));
        last = why;
    }

    EmbeddedPostgresException failure(String headline, String remedy) {
        String tried = lines.isEmpty() ? "" : "\nTried:\n" + String.join("\n", lines);
        return new EmbeddedPostgresException(headline + tried + "\nWhat to do: " + remedy, last);
    }

    /** The class of an exception and its message: the message of a file system exception is only the path. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        String type = failure.getClass().getSimpleName();
        return message == null ? type : type + ": " + message;
    }
}
