/** Tests of the migrations and of the rules of the schema, on a real PostgreSQL. */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema;
