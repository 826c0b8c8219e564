/** The entry point: {@link io.promptforge.dao.PromptForge}, and from it {@link io.promptforge.dao.Tenant}. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao;
