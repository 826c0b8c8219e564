/** The roles of users in projects. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.membership;
