/**
 * Migrated PostgreSQL databases for tests. Without JUnit, start at {@link io.promptforge.seed.testkit.TestDatabase}; with
 * JUnit, at {@code io.promptforge.seed.junit}.
 *
 * <p>How the classes work together, from the caller inwards:
 *
 * <ol>
 *   <li>{@code TestDatabases} has a {@code TemplateChain}: the schema, then the caller's templates.
 *   <li>{@code DatabaseSupply}, one per chain, hands out databases and clones a few ahead on a background thread.
 *   <li>{@code DatabaseServer} clones them. It is an {@code EmbeddedServer} or a {@code SharedServer}; {@code ServerChoice}
 *       decides which, and {@code DockerContainer} starts a container for the latter.
 *   <li>{@code DatabaseReclaimer} takes closed databases back on background threads: it reports connections that were left
 *       open, and discards the database; or, if {@code UnchangedDatabases} finds that its test only read, has it handed out again.
 * </ol>
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.testkit;
