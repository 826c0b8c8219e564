/** Not API: connections, transactions, and the translation of database errors. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.internal.session;
