/** Not API: how rows are inserted and changed. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.internal.write;
