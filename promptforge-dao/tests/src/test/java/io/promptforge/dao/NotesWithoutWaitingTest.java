package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What a login or a key notes beside its answer does not wait for the disk: the answer would be slower, and a failed login for a
 * known e-mail slower than one for an unknown e-mail.
 */
@NotOnCitus("the setting is that of the coordinator, the triggers are those of the nodes")
class NotesWithoutWaitingTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();

    NotesWithoutWaitingTest() {
        DATABASE.execute("""
                CREATE OR REPLACE FUNCTION promptforge.refuse_waiting() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF current_setting('synchronous_commit') <> 'off' THEN
                        RAISE EXCEPTION 'this commit would wait for the disk';
                    END IF;
                    RETURN NEW;
                END
                $$;
                CREATE OR REPLACE TRIGGER no_waiting BEFORE UPDATE ON promptforge.users
                    FOR EACH ROW EXECUTE FUNCTION promptforge.refuse_waiting();
                CREATE OR REPLACE TRIGGER no_waiting BEFORE UPDATE ON promptforge.api_keys
                    FOR EACH ROW EXECUTE FUNCTION promptforge.refuse_waiting()""");
    }

    @Test
    void aFailedLogin() throws SQLException {
        String email = fixture.user().email();

        whereCommitsWait(forge -> assertThat(forge.login(email, "wrong")).isEmpty());

        assertThat(fixture.tenant().users().findByEmail(email).orElseThrow().failedLoginAttempts())
                .isEqualTo(1);
    }

    @Test
    void aUseOfAKey() throws SQLException {
        String key = fixture.fixtures().apiKey().issue();

        whereCommitsWait(forge -> assertThat(forge.authenticate(key)).isPresent());

        assertThat(DATABASE.query("SELECT last_used_at IS NOT NULL FROM promptforge.api_keys WHERE organization_id = '"
                        + fixture.organization().id() + "'"))
                .containsExactly("t");
    }

    private static void whereCommitsWait(Consumer<PromptForge> call) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit TO on");
            try {
                call.accept(DATABASE.forge().on(connection));
            } finally {
                statement.execute("RESET synchronous_commit");
            }
        }
    }
}
