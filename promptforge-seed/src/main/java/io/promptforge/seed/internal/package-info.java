/** Shared by the command line and the test kit. Not API: it may change in any release. */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.internal;
