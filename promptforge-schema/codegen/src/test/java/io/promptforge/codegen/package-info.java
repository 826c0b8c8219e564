/** Tests of what the build derives from the migration scripts. */
@org.jspecify.annotations.NullMarked
package io.promptforge.codegen;
