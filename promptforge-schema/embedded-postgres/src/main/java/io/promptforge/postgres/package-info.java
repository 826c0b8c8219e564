/**
 * A real PostgreSQL server, started by the JVM that needs it and gone with it.
 *
 * <p>{@link io.promptforge.postgres.EmbeddedPostgres} is what callers see. Behind it, {@code Launcher} brings the parts
 * together, in this order:
 *
 * <ol>
 *   <li>{@code Machine} and {@code Account}: where and as whom we run; {@code ServerUser}: as whom the server runs.
 *   <li>{@code Binaries}: the programs, unpacked by {@code TarXz} where they come packed for a {@code Platform}.
 *   <li>{@code Cache}, {@code CacheDirectory}, {@code EntryLock}: what is kept between runs, safely for many JVMs.
 *   <li>{@code ClusterBuilder}: initdb and the caller's preparations, once per cache entry.
 *   <li>{@code DataRoot}, {@code ServerFolder}, {@code Ownership}: where the server's copy lives, and whose it is.
 *   <li>{@code Server}, {@code WatchedProcess} and the scripts {@code watchdog.sh} and {@code server.sh}: the processes.
 *   <li>{@code Databases}: databases on the running server.
 * </ol>
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.postgres;
