/** A real PostgreSQL server, started by the JVM that needs it and gone with it. */
@org.jspecify.annotations.NullMarked
package io.promptforge.postgres;
