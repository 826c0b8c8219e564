package io.promptforge.seed.testkit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of the test databases and templates on a shared server. Databases with other names are never touched. */
final class SharedDatabaseNames {
    private static final Pattern DATABASE = Pattern.compile("promptforge_test_[0-9a-f]{8}_([0-9a-f]{16})_\\d{1,9}");
    private static final Pattern TEMPLATE = Pattern.compile("promptforge_template_([0-9a-f]{16})[0-9a-f]{16}");

    private SharedDatabaseNames() {}

    /** @param jvm the key of the advisory lock that the creating JVM holds */
    static String database(String chain, long jvm, int number) {
        return "promptforge_test_" + chain.substring(0, 8) + "_" + String.format("%016x", jvm) + "_" + number;
    }

    /** @param role the role that owns the tables; templates are not shared between roles */
    static String template(String chain, String role) {
        return "promptforge_template_" + ClasspathHash.hash(List.of("chain " + chain, "role " + role));
    }

    /** The key of the lock held by the JVM that created this database; empty if the name is not that of a test database. */
    static OptionalLong jvm(String database) {
        return key(DATABASE.matcher(database));
    }

    /** The key of the lock shared by all JVMs that use this template; empty if the name is not that of a template. */
    static OptionalLong templateLock(String database) {
        return key(TEMPLATE.matcher(database));
    }

    /** The key of the lock held exclusively while this template is built; different from its {@link #templateLock}. */
    static OptionalLong buildLock(String database) {
        return templateLock(database).stream().map(key -> ~key).findFirst();
    }

    private static OptionalLong key(Matcher name) {
        return Optional.of(name).filter(Matcher::matches).stream()
                .mapToLong(matched -> Long.parseUnsignedLong(matched.group(1), 16))
                .findFirst();
    }
}
