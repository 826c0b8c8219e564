/** Policies. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.policy;
