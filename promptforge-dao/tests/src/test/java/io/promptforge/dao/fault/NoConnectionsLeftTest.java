package io.promptforge.dao.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.project.NewProject;
import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** All connections that the server allows are taken. */
class NoConnectionsLeftTest {

    @Test
    void callsFailForALackOfConnectionsAndWorkAgainWhenSomeAreFree() throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setting("max_connections", "6")
                .setting("superuser_reserved_connections", "0")
                .start()) {
            DataSource dataSource = server.dataSource("postgres");
            Migrations.apply(dataSource);
            PromptForge forge = PromptForge.create(dataSource);
            Tenant tenant = forge.tenant(forge.organizations()
                    .create(NewOrganization.of("Acme", "acme"))
                    .id());
            List<Connection> taken = takeAll(dataSource);

            assertThatThrownBy(() -> tenant.projects().create(NewProject.of("Answers")))
                    .isInstanceOfSatisfying(RetryableException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.NO_CONNECTION))
                    .hasStackTraceContaining("too many clients");
            assertThatThrownBy(() -> Migrations.apply(dataSource)).hasStackTraceContaining("too many clients");

            for (Connection each : taken) {
                each.close();
            }
            assertThat(tenant.projects().create(NewProject.of("Answers")).name())
                    .isEqualTo("Answers");
            Migrations.apply(dataSource);
        }
    }

    private static List<Connection> takeAll(DataSource dataSource) {
        List<Connection> taken = new ArrayList<>();
        try {
            while (true) {
                taken.add(dataSource.getConnection());
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("53300");
            return taken;
        }
    }
}
