/** Drafts a migration from a schema that was changed by hand. */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema.draft;
