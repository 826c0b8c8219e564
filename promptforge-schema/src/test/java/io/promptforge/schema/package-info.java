/** Tests of the migrations and of what the schema refuses, on a real PostgreSQL. */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema;
