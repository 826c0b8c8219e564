/** What the command line and the test kit share, and nobody else should use. */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.internal;
