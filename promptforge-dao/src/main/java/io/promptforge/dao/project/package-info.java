/** Projects. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.project;
