package io.promptforge.seed.demo;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Loads the organization "PromptForge Demo" into a migrated database: three users, two providers with a model each,
 * three projects, a prompt, three policies, an evaluation and five traces.
 *
 * <p>All is done in one transaction, through the repositories. What is there already stays: loading twice changes
 * nothing, and loading over an organization that has lost a part adds that part. Where something is there but differs,
 * nothing is changed and a {@link DemoDataException} names each difference; {@link #replace} starts over.
 *
 * <p>The passwords are public. Load it where anybody may log in.
 */
public final class DemoData {
    /** The slug of the demo organization. */
    public static final String ORGANIZATION = DemoOrganization.SLUG;

    /** The demo users: an admin, a developer and a viewer. */
    public static final List<DemoLogin> LOGINS = DemoUsers.LOGINS;

    private DemoData() {}

    /**
     * Loads what is missing, into the schema {@code promptforge}.
     *
     * @throws DemoDataException if something is there but differs
     * @throws io.promptforge.dao.error.AlreadyExistsException if another organization has one of the e-mails
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public static DemoResult load(DataSource dataSource) {
        return load(dataSource, PromptForgeSettings.defaults(), step -> {});
    }

    /**
     * Loads what is missing.
     *
     * @param progress gets a few words before each step, on the calling thread
     * @throws DemoDataException if something is there but differs
     * @throws io.promptforge.dao.error.AlreadyExistsException if another organization has one of the e-mails
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public static DemoResult load(DataSource dataSource, PromptForgeSettings settings, Consumer<String> progress) {
        return PromptForge.create(dataSource, settings).transaction(tx -> new DemoLoader(tx, progress).load());
    }

    /**
     * Deletes the demo organization with all that is in it, whoever put it there, and loads it anew; both or neither.
     *
     * @param progress gets a few words before each step, on the calling thread
     * @throws io.promptforge.dao.error.AlreadyExistsException if another organization has one of the e-mails
     * @throws io.promptforge.dao.error.SchemaNotMigratedException if the migrations were not applied
     */
    public static DemoResult replace(DataSource dataSource, PromptForgeSettings settings, Consumer<String> progress) {
        return PromptForge.create(dataSource, settings).transaction(tx -> {
            tx.organizations().findBySlug(ORGANIZATION).ifPresent(present -> tx.organizations()
                    .delete(present.id()));
            return new DemoLoader(tx, progress).load();
        });
    }
}
