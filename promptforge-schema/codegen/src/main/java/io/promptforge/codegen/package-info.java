/**
 * Derives from the migration scripts, in the build only: the jOOQ records, the list of scripts, the schema reference and the
 * checksums of released scripts.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.codegen;
