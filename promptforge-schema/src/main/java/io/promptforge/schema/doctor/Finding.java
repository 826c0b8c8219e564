package io.promptforge.schema.doctor;

import java.util.List;
import java.util.Optional;

/**
 * Something that is wrong, and how to mend it.
 *
 * @param severity how bad it is
 * @param fault its kind
 * @param problem what was found, one sentence
 * @param details single objects or differences; may be empty
 * @param remedy what to do, one sentence
 * @param command an SQL statement or a command of the command line that does it; empty when there is no single one
 */
public record Finding(
        Severity severity, Fault fault, String problem, List<String> details, String remedy, Optional<String> command) {

    public Finding {
        details = List.copyOf(details);
    }

    /** How bad a finding is. */
    public enum Severity {
        /** Worth knowing; nothing has to be done. */
        INFO,
        /** Will hurt if it stays. */
        WARNING,
        /** The service cannot work, or may lose data. */
        ERROR
    }

    static Finding of(Severity severity, Fault fault, String problem, String remedy) {
        return new Finding(severity, fault, problem, List.of(), remedy, Optional.empty());
    }

    Finding details(List<String> objects) {
        return new Finding(severity, fault, problem, objects, remedy, command);
    }

    Finding command(String text) {
        return new Finding(severity, fault, problem, details, remedy, Optional.of(text));
    }
}
