/** The schema and its migrations: {@link io.promptforge.schema.Migrations} is the way in. */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema;
