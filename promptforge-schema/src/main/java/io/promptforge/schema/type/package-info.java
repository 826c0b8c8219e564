/**
 * The enums of columns with a closed set of values. A constant is stored as its name in lower case, and the CHECK of the column
 * lists these words.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema.type;
