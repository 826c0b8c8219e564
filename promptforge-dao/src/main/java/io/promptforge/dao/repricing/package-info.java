/** Repricing: costs of stored spans computed anew, after a model was registered late or a price was wrong. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.repricing;
