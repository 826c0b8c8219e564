/**
 * Templates in the languages in which prompts are written: which variables they use, and their text with values. Works without a
 * database.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.template;
