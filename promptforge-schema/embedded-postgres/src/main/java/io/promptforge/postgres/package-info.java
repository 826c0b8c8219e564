/**
 * A real PostgreSQL server, which a JVM starts and which ends with the JVM.
 *
 * <p>The API is {@link io.promptforge.postgres.EmbeddedPostgres}. {@code Launcher} starts a server with these parts, in this
 * order:
 *
 * <ol>
 *   <li>{@code LauncherEnvironment}, {@code JvmUser}: the machine and the user of the JVM; {@code ServerUser}: the server's user.
 *   <li>{@code Binaries}: the programs, unpacked by {@code TarXz} if they are in an archive for a {@code Platform}.
 *   <li>{@code Cache}, {@code CacheDirectory}, {@code EntryLock}: the files that are kept between runs, shared by JVMs.
 *   <li>{@code ClusterBuilder}: initdb and the caller's preparations, once per cache entry.
 *   <li>{@code DataRoot}, {@code ServerFolder}, {@code Ownership}: the server's folder and its processes.
 *   <li>{@code RunningServer}, {@code WatchedProcess}, {@code watchdog.sh}, {@code server.sh}: the processes.
 *   <li>{@code Databases}: databases on the running server.
 * </ol>
 *
 * <p>{@code PostgresServer} is what tests use of it. {@code CitusCluster} is another one: a cluster that runs already.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.postgres;
