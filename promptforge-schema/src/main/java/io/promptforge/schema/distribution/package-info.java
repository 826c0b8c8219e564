/** Moves the schema from one PostgreSQL to a cluster of Citus and back. Start at {@link io.promptforge.schema.distribution.Distribution}. */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema.distribution;
