/** Reads the price lists that are in use, to install them as a catalogue: {@link io.promptforge.dao.model.catalogue.CatalogueFile}. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.model.catalogue;
