/** Traces and their spans. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.trace;
