/** Turns the migrations into jOOQ records, in the build only. */
@org.jspecify.annotations.NullMarked
package io.promptforge.codegen;
