/** Prompts and their versions. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.prompt;
