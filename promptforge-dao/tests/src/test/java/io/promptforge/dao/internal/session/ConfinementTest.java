package io.promptforge.dao.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.NotOnCitus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConfinementTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final AtomicLong nanoTime = new AtomicLong();
    private final Confinement confinement = new Confinement("promptforge", Optional.empty(), nanoTime::get);

    @Test
    @NotOnCitus("the extension is there from the start")
    void anExtensionThatIsCreatedWhileTheServiceRunsIsNoticedAfterTenSeconds() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            assertThat(confinement.server(connection).isCitus()).isFalse();
            DATABASE.execute(
                    "BEGIN; SET LOCAL allow_system_table_mods TO on;"
                            + " INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)"
                            + " SELECT oid, 'citus', relowner, relnamespace, false, '0' FROM pg_class WHERE relname = 'organizations'; COMMIT");

            pass(Duration.ofMillis(9_999));
            assertThat(confinement.known()).isPresent();
            pass(Duration.ofMillis(1));
            assertThat(confinement.known()).isEmpty();
            assertThat(confinement.server(connection).isCitus()).isTrue();

            pass(Duration.ofDays(1));
            assertThat(confinement.known()).isPresent();
        }
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
