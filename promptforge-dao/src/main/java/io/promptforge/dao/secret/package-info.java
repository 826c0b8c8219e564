/** Secrets that are stored sealed, and the master keys of the host that seal them. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.secret;
