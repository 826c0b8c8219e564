/** Finds what is wrong with a database and says how to mend it. */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema.doctor;
