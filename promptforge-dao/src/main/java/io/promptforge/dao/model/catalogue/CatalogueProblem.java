package io.promptforge.dao.model.catalogue;

/**
 * What a catalogue cannot express of an entry of a price list. The rest of the entry is in the catalogue.
 *
 * @param entry the name of the entry in the file; of genai-prices, the provider and the model: {@code openai/gpt-4o}
 * @param field the member of the entry
 * @param reason why, as a sentence
 */
public record CatalogueProblem(String entry, String field, String reason) {}
