/** Transactions that the host manages. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.transaction;
