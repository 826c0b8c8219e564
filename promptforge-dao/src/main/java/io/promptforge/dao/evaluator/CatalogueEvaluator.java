package io.promptforge.dao.evaluator;

import io.promptforge.dao.internal.check.Check;

/**
 * An evaluator of a catalogue.
 *
 * @param evaluator the evaluator
 * @param version its first version
 */
public record CatalogueEvaluator(NewEvaluator evaluator, NewEvaluatorVersion version) {
    /** Refuses null with an {@link io.promptforge.dao.error.InvalidValueException}. */
    public CatalogueEvaluator {
        Check.present("evaluator", evaluator);
        Check.present("version", version);
    }

    String name() {
        String name = evaluator.values().get("name");
        return name == null ? "" : name;
    }
}
