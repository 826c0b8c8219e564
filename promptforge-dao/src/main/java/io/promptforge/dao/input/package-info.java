/** What the values that a caller passes in have in common. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.input;
