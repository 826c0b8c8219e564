/** Evaluations and their results. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.evaluation;
