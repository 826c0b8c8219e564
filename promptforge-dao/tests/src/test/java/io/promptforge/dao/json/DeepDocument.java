package io.promptforge.dao.json;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.prompt.JsonChange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A program that does everything with the deepest document, in a thread with a small stack. Run in a JVM of its own. */
final class DeepDocument {
    private static final int LEVELS = 500;
    private static final long BYTES_OF_STACK = 512L << 10;

    private DeepDocument() {}

    /** Takes the URL of a migrated database, its user, and the name of an organization that does not exist there. */
    public static void main(String[] args) throws InterruptedException {
        Thread small = new Thread(null, () -> run(args[0], args[1], args[2]), "small", BYTES_OF_STACK);
        // a failure of the thread is one of the program
        small.setUncaughtExceptionHandler((thread, e) -> {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        small.start();
        small.join();
    }

    private static void run(String url, String user, String name) {
        // first what recurses most, before anything is warm
        Json made = Json.of(nested(LEVELS));
        Json read = Json.parse("{\"a\":[".repeat(LEVELS / 2) + "]}".repeat(LEVELS / 2));
        expect(made.equals(read) && made.hashCode() == read.hashCode());
        expect(made.text().equals(read.text()) && made.canonicalText().equals(read.canonicalText()));
        expect(Json.of(made.toJava()).equals(made) && Json.storable(made).equals(made));
        expect(made.estimatedBytes() > LEVELS);
        expect(Json.storable(nested(100_000)).text().contains("nested deeper"));
        expect(JsonChange.between(made, Json.emptyObject()).size() == 1);
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(url);
        database.setUser(user);
        PromptForge forge = PromptForge.create(database);
        Organization created =
                forge.organizations().create(NewOrganization.of(name, name).settings(made));
        expect(created.settings().equals(made));
        expect(forge.organizations().find(created.id()).orElseThrow().settings().equals(made));
    }

    private static Object nested(int levels) {
        @Nullable Object value = null;
        for (int i = 0; i < levels / 2; i++) {
            value = Map.of("a", value == null ? List.of() : List.of(value));
        }
        return Objects.requireNonNull(value);
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("not as expected");
        }
    }
}
