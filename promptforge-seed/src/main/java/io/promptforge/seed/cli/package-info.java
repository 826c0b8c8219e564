/** The command line of operators, and the demo. */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.cli;
