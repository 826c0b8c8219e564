package io.promptforge.seed.demo;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.user.PasswordRules;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Loads the organization "PromptForge Demo" into a migrated database: three users, two providers with a model each,
 * three projects, a prompt, three policies, an evaluation and five traces.
 *
 * <p>Everything is stored in one transaction, through the repositories. Loading again changes nothing, except that missing
 * parts are added. If an existing part was edited, nothing is changed and a {@link DemoDataException} names each difference;
 * {@link #replace} starts over.
 *
 * <p>The passwords are public: do not load it into a production database. The methods are thread-safe; of two concurrent
 * loads, one may fail with an {@link io.promptforge.dao.error.AlreadyExistsException}.
 */
public final class DemoData {
    /** The slug of the demo organization. */
    public static final String ORGANIZATION = DemoOrganization.SLUG;

    /** The demo users: an admin, a developer and a viewer. */
    public static final List<DemoLogin> LOGINS = DemoUsers.LOGINS;

    private DemoData() {}

    /**
     * Loads missing parts into the schema {@code promptforge}.
     *
     * @throws DemoDataException if an existing part was edited
     * @throws io.promptforge.dao.error.AlreadyExistsException if a user of another organization has one of the e-mails
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public static DemoResult load(DataSource dataSource) {
        return load(dataSource, PromptForgeSettings.defaults(), step -> {});
    }

    /**
     * Loads missing parts.
     *
     * @param progress receives the name of each step before it begins, on the calling thread
     * @throws DemoDataException if an existing part was edited
     * @throws io.promptforge.dao.error.AlreadyExistsException if a user of another organization has one of the e-mails
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public static DemoResult load(DataSource dataSource, PromptForgeSettings settings, Consumer<String> progress) {
        return forge(dataSource, settings).transaction(tx -> new DemoLoader(tx, progress).load());
    }

    /**
     * Deletes the demo organization, with everything that users added to it, and loads it again, in one transaction.
     *
     * @param progress receives the name of each step before it begins, on the calling thread
     * @throws io.promptforge.dao.error.AlreadyExistsException if a user of another organization has one of the e-mails
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public static DemoResult replace(DataSource dataSource, PromptForgeSettings settings, Consumer<String> progress) {
        return forge(dataSource, settings).transaction(tx -> {
            tx.organizations().findBySlug(ORGANIZATION).ifPresent(present -> tx.organizations()
                    .delete(present.id()));
            return new DemoLoader(tx, progress).load();
        });
    }

    /** The passwords of the demo are short and public. */
    private static PromptForge forge(DataSource dataSource, PromptForgeSettings settings) {
        return PromptForge.create(dataSource, settings.passwordRules(PasswordRules.none()));
    }
}
