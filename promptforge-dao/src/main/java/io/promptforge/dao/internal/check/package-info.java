/** Not API: validation of arguments. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.internal.check;
