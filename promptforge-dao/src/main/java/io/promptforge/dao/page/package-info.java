/** Lists, a page at a time. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.page;
