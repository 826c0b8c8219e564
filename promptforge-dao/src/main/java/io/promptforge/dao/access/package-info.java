/** What actors may do: rights, and the roles that have them. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.access;
