/** Not API: how lists and single rows are read. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.internal.query;
