package io.promptforge.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The server's settings: fast instead of durable, unless the data are to outlive the JVM; reachable from this machine only. */
final class ServerSettings {

    /** Part of the cache key; increase it when a change here, or of initdb's options, makes cached clusters unusable. */
    static final String FORMAT = "4";

    /** PostgreSQL's own values of the settings that are fast instead: for a server that keeps its data. */
    static final Map<String, String> DURABLE = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "wal_level", "replica",
            "checkpoint_timeout", "5min",
            "max_wal_size", "1GB",
            "autovacuum", "on");

    private static final Set<String> RESERVED = Set.of(
            "port",
            "listen_addresses",
            "unix_socket_directories",
            "data_directory",
            "config_file",
            "hba_file",
            "external_pid_file");

    private ServerSettings() {}

    /** @throws IllegalArgumentException when the launcher decides this setting itself */
    static void requireAllowed(String name) {
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("The setting " + name + " belongs to the launcher");
        }
    }

    /** The server's command line, without the program. The caller's settings override these. */
    static List<String> arguments(LauncherEnvironment machine, int major, int port, Map<String, String> own) {
        Map<String, String> settings = fast();
        if (!machine.isWindows()) {
            // Inside the data folder, so that a killed server leaves no files in /dev/shm.
            settings.put("dynamic_shared_memory_type", "mmap");
        }
        if (major >= 18 && (machine.isLinux() || machine.isMac())) {
            settings.put("file_copy_method", "clone");
        }
        if (!own.containsKey("max_connections")) {
            // As many locks in all as with PostgreSQL's defaults: a start fills the tables of locks, which grow with
            // the connections.
            settings.put("max_locks_per_transaction", "16");
            settings.put("max_pred_locks_per_transaction", "16");
        }
        settings.putAll(own);
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("port", String.valueOf(port));
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> {
            arguments.add("-c");
            arguments.add(name + "=" + value);
        });
        return arguments;
    }

    private static Map<String, String> fast() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fsync", "off");
        settings.put("synchronous_commit", "off");
        settings.put("full_page_writes", "off");
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");
        settings.put("checkpoint_timeout", "1d");
        // The write-ahead log is in memory too: limit it well below its default of one gigabyte.
        settings.put("max_wal_size", "256MB");
        settings.put("autovacuum", "off");
        settings.put("jit", "off");
        settings.put("shared_buffers", "64MB");
        // For 32 pools of 10 connections, as cached application contexts have, and as many again for other tests.
        settings.put("max_connections", "500");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        // Log errors of the server, but not failed statements: their client gets those.
        settings.put("log_min_messages", "log");
        settings.put("log_checkpoints", "off");
        return settings;
    }
}
