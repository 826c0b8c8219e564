/** For the other modules of this library only; not part of its API. */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema.internal;
