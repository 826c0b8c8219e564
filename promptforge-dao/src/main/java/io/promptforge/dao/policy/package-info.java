/** Policies, and the violations of them. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.policy;
