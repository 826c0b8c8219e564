/** Texts that PostgreSQL can store. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.text;
