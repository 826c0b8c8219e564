/** Starts real servers, in this JVM and in others, as this user and as others. */
@org.jspecify.annotations.NullMarked
package io.promptforge.postgres;
