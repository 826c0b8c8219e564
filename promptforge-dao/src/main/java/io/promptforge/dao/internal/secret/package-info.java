/** Not API: secrets of the host. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.internal.secret;
