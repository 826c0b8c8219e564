@org.jspecify.annotations.NullMarked
package io.promptforge.schema.draft;
