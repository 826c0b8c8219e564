package io.promptforge.dao.error;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The present status does not allow this. */
public final class IllegalTransitionException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final UUID id;
    private final String presentStatus;
    private final @Nullable String refusedStatus;

    private IllegalTransitionException(
            String what,
            UUID id,
            String presentStatus,
            @Nullable String refusedStatus,
            String message,
            @Nullable Throwable cause) {
        super(message, cause);
        this.what = what;
        this.id = id;
        this.presentStatus = presentStatus;
        this.refusedStatus = refusedStatus;
    }

    /**
     * A status that cannot follow the present one.
     *
     * @param what the kind of the row in a word or two, such as "evaluation"
     * @param id the id of the row
     * @param present the present status, as the database spells it
     * @param refused the status that was asked for, as the database spells it
     * @param cause the error of the database; null if Java found the problem
     */
    public static IllegalTransitionException between(
            String what, UUID id, String present, String refused, @Nullable Throwable cause) {
        String message = "The " + what + " " + id
                + (present.equals(refused)
                        ? " is " + present + " already."
                        : " is " + present + " and cannot become " + refused + ".");
        return new IllegalTransitionException(what, id, present, refused, message, cause);
    }

    /**
     * A status that the row has already.
     *
     * @param what the kind of the row in a word or two, such as "evaluation"
     * @param id the id of the row
     * @param status the present status, which was asked for
     */
    public static IllegalTransitionException already(String what, UUID id, Enum<?> status) {
        return between(what, id, word(status), word(status), null);
    }

    /**
     * A call that the present status does not allow.
     *
     * @param what the kind of the row in a word or two, such as "evaluation"
     * @param id the id of the row
     * @param present the present status
     * @param rule which status the call requires, as the second half of a sentence
     */
    public static IllegalTransitionException requires(String what, UUID id, Enum<?> present, String rule) {
        return new IllegalTransitionException(
                what,
                id,
                word(present),
                null,
                "The " + what + " " + id + " is " + word(present) + "; " + rule + ".",
                null);
    }

    /** The kind of the row in a word or two, such as "evaluation". */
    public String what() {
        return what;
    }

    /** The id of the row. */
    public UUID id() {
        return id;
    }

    /** The present status as the database spells it, such as {@code running}. */
    public String presentStatus() {
        return presentStatus;
    }

    /** The status that was asked for, as the database spells it; empty for a call that asks for none. */
    public Optional<String> refusedStatus() {
        return Optional.ofNullable(refusedStatus);
    }

    private static String word(Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
