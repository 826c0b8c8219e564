/**
 * The closed sets of the schema. A constant is stored as its name in lower case, and the CHECK of its column lists the
 * same words.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema.type;
