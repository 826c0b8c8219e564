package io.promptforge.benchmarks;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.user.Lockout;
import io.promptforge.dao.user.NewUser;
import io.promptforge.schema.type.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The times of refused logins by the reason, as distributions: each reason in turn, so that all meet the same noise. */
final class LoginFigures {
    private static final String PASSWORD = "correct horse battery staple";

    private final BenchmarkDatabase database;
    private final DataSource pool;
    private final PromptForge forge;
    private final UUID organization;
    private final int cost;

    LoginFigures(BenchmarkDatabase database, int cost) {
        this.database = database;
        this.pool = database.pool(false);
        this.cost = cost;
        this.forge = forge(cost);
        this.organization = forge.organizations()
                .create(NewOrganization.of("Logins", "logins"))
                .id();
    }

    private PromptForge forge(int itsCost) {
        return PromptForge.create(
                pool,
                PromptForgeSettings.defaults()
                        .schema(BenchmarkDatabase.SCHEMA)
                        .bcryptCost(itsCost)
                        .lockout(Lockout.of(1_000_000, Duration.ofDays(1))));
    }

    /** A table with a line for each reason. */
    String table(int logins) {
        Map<String, String> emails = new LinkedHashMap<>();
        emails.put("unknown e-mail", "unknown@example.com");
        emails.put("wrong password", user("wrong", cost));
        emails.put("locked out", user("locked", cost));
        emails.put("inactive", user("inactive", cost));
        emails.put("hash of a lower cost", user("lower", cost - 2));
        emails.put("hash of a higher cost", user("higher", cost + 1));
        database.execute(
                "UPDATE " + BenchmarkDatabase.SCHEMA + ".users SET active = false WHERE email = '"
                        + emails.get("inactive") + "'",
                "UPDATE " + BenchmarkDatabase.SCHEMA
                        + ".users SET locked_until = now() + interval '10 minutes' WHERE email = '"
                        + emails.get("locked out") + "'");
        Map<String, double[]> times = new LinkedHashMap<>();
        for (int round = -logins / 10; round < logins; round++) {
            for (Map.Entry<String, String> email : emails.entrySet()) {
                long start = System.nanoTime();
                boolean refused = forge.login(email.getValue(), "wrong horse").isEmpty();
                double millis = (System.nanoTime() - start) / 1e6;
                if (!refused) {
                    throw new IllegalStateException(email.getKey() + " was let in");
                }
                if (round >= 0) {
                    times.computeIfAbsent(email.getKey(), reason -> new double[logins])[round] = millis;
                }
            }
        }
        return table(times);
    }

    private String user(String name, int itsCost) {
        String email = name + "@example.com";
        forge(itsCost).tenant(organization).users().create(NewUser.of(email, "Some One", Role.VIEWER, PASSWORD));
        return email;
    }

    private static String table(Map<String, double[]> times) {
        times.values().forEach(Arrays::sort);
        double[] unknown = times.values().iterator().next();
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("Refused because of", "5 %", "Median", "95 %", "Greatest distance of the distributions"));
        times.forEach((reason, sorted) -> lines.add(List.of(
                reason,
                millis(sorted, 0.05),
                millis(sorted, 0.5),
                millis(sorted, 0.95),
                String.format(Locale.ROOT, "%.2f", distance(unknown, sorted)))));
        return Markdown.table(lines)
                + String.format(
                        Locale.ROOT,
                        "%nThe distance is that of Kolmogorov and Smirnov to the unknown e-mail; equal distributions exceed %.2f in"
                                + " one of 20 comparisons.%n",
                        1.36 * Math.sqrt(2.0 / unknown.length));
    }

    private static String millis(double[] sorted, double quantile) {
        return String.format(Locale.ROOT, "%.2f ms", sorted[(int) (quantile * (sorted.length - 1))]);
    }

    /** The greatest difference between the parts of both that are not above a value. */
    private static double distance(double[] one, double[] other) {
        double greatest = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            if (one[i] <= other[j]) {
                i++;
            } else {
                j++;
            }
            greatest = Math.max(greatest, Math.abs((double) i / one.length - (double) j / other.length));
        }
        return greatest;
    }
}
