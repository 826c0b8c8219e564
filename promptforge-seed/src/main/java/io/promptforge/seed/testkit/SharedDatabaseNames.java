package io.promptforge.seed.testkit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of databases on a server that others use too. What is named otherwise is nobody's business here. */
final class SharedDatabaseNames {
    private static final Pattern DATABASE = Pattern.compile("promptforge_test_[0-9a-f]{8}_([0-9a-f]{16})_\\d{1,9}");
    private static final Pattern TEMPLATE = Pattern.compile("promptforge_template_([0-9a-f]{16})[0-9a-f]{16}");

    private SharedDatabaseNames() {}

    /** @param jvm who made it: the key of that JVM's lock */
    static String database(String chain, long jvm, int number) {
        return "promptforge_test_" + chain.substring(0, 8) + "_" + String.format("%016x", jvm) + "_" + number;
    }

    /** @param role who owns what is in it, and so has to use it */
    static String template(String chain, String role) {
        return "promptforge_template_" + ClasspathHash.hash(List.of("chain " + chain, "role " + role));
    }

    /** The key of the lock of the JVM that made this database; nothing if no JVM of ours did. */
    static OptionalLong jvm(String database) {
        return key(DATABASE.matcher(database));
    }

    /** The key of the lock that all who use a template share; nothing if it is none of ours. */
    static OptionalLong templateLock(String database) {
        return key(TEMPLATE.matcher(database));
    }

    /** The key of the lock that who builds a template holds alone; no other lock's. */
    static OptionalLong buildLock(String database) {
        return templateLock(database).stream().map(key -> ~key).findFirst();
    }

    private static OptionalLong key(Matcher name) {
        return Optional.of(name).filter(Matcher::matches).stream()
                .mapToLong(matched -> Long.parseUnsignedLong(matched.group(1), 16))
                .findFirst();
    }
}
