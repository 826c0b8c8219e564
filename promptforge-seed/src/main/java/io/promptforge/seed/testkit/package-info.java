/**
 * A migrated PostgreSQL database of its own for every test. {@link io.promptforge.seed.testkit.TestDatabase} is the way
 * in; with JUnit, {@code io.promptforge.seed.junit} does the rest.
 *
 * <p>From the caller inwards:
 *
 * <ol>
 *   <li>{@code TestDatabases} names a {@code TemplateChain}: the schema, then what the caller's templates add.
 *   <li>{@code DatabaseSupply}, one for each chain: hands out databases, and has a few cloned ahead by a thread of its own.
 *   <li>{@code DatabaseServer} is where they are cloned: {@code EmbeddedServer}, or {@code SharedServer} for one that others use
 *       too. {@code ServerChoice} decides which; {@code DockerContainer} starts a container for the latter.
 *   <li>{@code DatabaseReclaimer}: what is given back is looked at for open connections, and dropped where that is worth it, by
 *       another thread.
 * </ol>
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.testkit;
