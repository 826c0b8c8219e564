/** Not API: what a deletion does beyond the cascades of the foreign keys. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.internal.deletion;
