/** Every failure of this library, one unchecked family. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.error;
