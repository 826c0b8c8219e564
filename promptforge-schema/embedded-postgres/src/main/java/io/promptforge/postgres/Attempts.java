package io.promptforge.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was tried and why it failed, so that the error can say all of it. */
final class Attempts {

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

    /** File system exceptions say only the path in their message, so the class has to be part of the reason. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        String type = failure.getClass().getSimpleName();
        return message == null ? type : type + ": " + message;
    }
}
