/** Not API: connections, transactions and errors, shared by the repositories. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.internal;
