/** Test support and architecture rules for the whole module. */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed;
