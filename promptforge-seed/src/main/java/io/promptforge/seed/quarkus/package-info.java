/** The database of a Quarkus application under test. */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.quarkus;
