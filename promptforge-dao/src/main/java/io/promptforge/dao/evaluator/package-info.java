/** Evaluators: what judges results, in immutable versions. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.evaluator;
