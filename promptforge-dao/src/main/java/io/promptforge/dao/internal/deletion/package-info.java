/** Not API: deletions that do more than the cascades of the foreign keys. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.internal.deletion;
