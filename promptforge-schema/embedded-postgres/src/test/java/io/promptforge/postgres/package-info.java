/** Tests that start real servers, from this JVM and from other ones, as this user and as other ones. */
@org.jspecify.annotations.NullMarked
package io.promptforge.postgres;
