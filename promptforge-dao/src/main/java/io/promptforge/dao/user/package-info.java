/** Users and their logins. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.user;
