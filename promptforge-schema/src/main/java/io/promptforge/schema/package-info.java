/** The migrations of the schema: see {@link io.promptforge.schema.Migrations}. */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema;
