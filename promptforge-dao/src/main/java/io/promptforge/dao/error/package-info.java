/** The failures of this library: {@link io.promptforge.dao.error.PromptForgeException} and its subclasses, all unchecked. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.error;
