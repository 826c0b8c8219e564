package io.promptforge.schema.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.Sql;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The reasons why there is no connection are told apart, on a server of its own that asks one role for a password. */
class DoctorConnectionTest {

    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.start();

    @BeforeAll
    static void askForPasswords() throws IOException {
        DataSource administrator = SERVER.dataSource("postgres");
        Sql.run(
                administrator,
                "CREATE ROLE cautious LOGIN PASSWORD 's3cret'",
                "CREATE ROLE limited LOGIN CONNECTION LIMIT 0");
        Path rules = SERVER.dataDirectory().resolve("pg_hba.conf");
        Files.writeString(
                rules, "host all cautious all scram-sha-256\nhost banned all all reject\n" + Files.readString(rules));
        Sql.run(administrator, "SELECT pg_reload_conf()");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void nothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        finds(Fault.CONNECTION_REFUSED, "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
    }

    @Test
    void theHostHasNoAddress() {
        finds(Fault.UNKNOWN_HOST, "jdbc:postgresql://no-such-host.invalid/postgres?user=postgres");
    }

    @Test
    void theServerHasNoTls() {
        finds(Fault.TLS_FAILED, url("postgres", "postgres", "&sslmode=require"));
    }

    @Test
    void thePasswordIsWrong() {
        finds(Fault.LOGIN_REFUSED, url("postgres", "cautious", "&password=s3cret2"));
    }

    @Test
    void thePasswordIsNotGiven() {
        finds(Fault.LOGIN_REFUSED, url("postgres", "cautious", ""));
    }

    @Test
    void theServerLetsNoneIn() {
        finds(Fault.LOGIN_REFUSED, url("banned", "postgres", ""));
    }

    @Test
    void theRoleIsMissing() {
        finds(Fault.ROLE_MISSING, url("postgres", "stranger", ""));
    }

    @Test
    void theDatabaseIsMissing() {
        finds(Fault.DATABASE_MISSING, url("elsewhere", "postgres", ""));
    }

    @Test
    void theRoleHasNoConnectionLeft() {
        finds(Fault.CONNECTIONS_EXHAUSTED, url("postgres", "limited", ""));
    }

    @Test
    void aPoolHidesNoReason() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url("elsewhere", "postgres", ""));
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertFinds(Fault.DATABASE_MISSING, pool);
        }
    }

    private static String url(String database, String user, String parameters) {
        String sslmode = parameters.contains("sslmode") ? "" : "&sslmode=disable";
        return "jdbc:postgresql://127.0.0.1:" + SERVER.port() + "/" + database + "?user=" + user + sslmode + parameters;
    }

    private static void finds(Fault fault, String url) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        assertFinds(fault, dataSource);
    }

    private static void assertFinds(Fault fault, DataSource dataSource) {
        Diagnosis diagnosis = Doctor.of(dataSource).examine();

        assertThat(diagnosis.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.fault()).as(finding.toString()).isEqualTo(fault);
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.toString()).doesNotContain("s3cret");
        });
    }
}
