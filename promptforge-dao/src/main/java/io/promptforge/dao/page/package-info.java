/** Pages of lists. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.page;
