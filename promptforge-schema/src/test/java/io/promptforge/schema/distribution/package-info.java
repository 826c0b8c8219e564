@org.jspecify.annotations.NullMarked
package io.promptforge.schema.distribution;
