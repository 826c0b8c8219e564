package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.check.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which tests of two evaluations are listed: those that meet all that is given.
 *
 * @param outcomes how they went, any of these; any at all when there is none
 * @param text a part of their name, in any letter case
 */
public record ComparisonFilter(List<TestOutcome> outcomes, Optional<String> text) {
    /** Checks what the database would not name. */
    public ComparisonFilter {
        outcomes = AnyOf.these("outcome", outcomes);
        Check.present("text", text).ifPresent(part -> Check.text("text", part));
    }

    /** All tests. */
    public static ComparisonFilter all() {
        return new ComparisonFilter(List.of(), Optional.empty());
    }

    /** The same, with any of these outcomes; with any at all when none is given. */
    public ComparisonFilter withOutcome(TestOutcome... anyOf) {
        return new ComparisonFilter(Arrays.asList(Check.present("outcome", anyOf)), text);
    }

    /** The same, with this text in the name, in any letter case. */
    public ComparisonFilter withText(String part) {
        return new ComparisonFilter(outcomes, Optional.of(Check.present("text", part)));
    }
}
