package io.promptforge.dao.model;

/**
 * The model that a reported name means, and why.
 *
 * @param model the model
 * @param match what the name has in common with it
 * @param ofCatalogue whether a catalogue installed the model; false if the organization created it
 * @param providerMatched whether the given provider is the model's
 */
public record ModelMatch(AiModel model, NameMatch match, boolean ofCatalogue, boolean providerMatched) {}
