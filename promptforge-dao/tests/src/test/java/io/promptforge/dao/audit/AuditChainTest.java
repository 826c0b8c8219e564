package io.promptforge.dao.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.audit.AuditFault.Kind;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.maintenance.Maintenance;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The transactions of a tenant form one chain, also under load, and what is changed behind the library's back is found. */
class AuditChainTest {

    private static final String[] READ_BY_A_COMMIT = {
        "audit_entries_transaction_id_idx", "audit_transactions_pkey", "audit_logs_organization_id_key"
    };

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final UUID ANOTHER = UUID.randomUUID();

    private static final int THREADS = 16;
    private static final int TRANSACTIONS = 1_000;

    private final TestTenant acme = DATABASE.newTenant();
    private final Tenant tenant = acme.tenant();
    private final String id = tenant.organizationId().toString();

    @Test
    void racingTransactionsFormOneChainWithoutForkAndGap() {
        long before = tenant.audit().digest().number();

        AtOnce.get(THREADS, thread -> {
            try (Connection connection = DATABASE.dataSource().getConnection();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO promptforge.projects (organization_id, id, name) VALUES (?, gen_random_uuid(), ?)")) {
                for (int i = 0; i < TRANSACTIONS; i++) {
                    insert.setObject(1, tenant.organizationId());
                    insert.setString(2, thread + "-" + i);
                    insert.execute();
                }
                return true;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        long last = before + THREADS * TRANSACTIONS;
        assertThat(tenant.audit().verify()).isEqualTo(new AuditVerification(last, Optional.empty()));
        assertThat(tenant.audit().digest().number()).isEqualTo(last);
        assertThat(tenant.audit().count(AuditFilter.all().table("projects"))).isEqualTo(THREADS * TRANSACTIONS);
    }

    @Test
    void transactionsWaitForEachOtherAtTheirCommitOnly() throws SQLException {
        try (Connection slow = DATABASE.dataSource().getConnection();
                Connection fast = DATABASE.dataSource().getConnection();
                Statement statement = slow.createStatement();
                Statement other = fast.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute(insert("slow"));

            fast.setAutoCommit(false);
            // a lock that the first had taken before its commit would be refused here instead of waited for without end
            other.execute("SET LOCAL lock_timeout TO '5s'");
            other.execute(insert("fast"));
            fast.commit();
            slow.commit();
        }
        assertThat(tenant.audit().verify().isIntact()).isTrue();
    }

    @Test
    void aTransactionWithAnOldSnapshotMayBeRepeated() throws SQLException {
        try (Connection old = DATABASE.dataSource().getConnection();
                Statement statement = old.createStatement()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT 1 FROM promptforge.projects");
            acme.project();
            statement.execute(insert("old"));

            // the coordinator of a cluster does not hand on why a node refuses the commit
            assertThatThrownBy(old::commit)
                    .extracting("SQLState")
                    .isEqualTo(ClassDatabase.isCluster() ? "XX000" : "40001");
        }
        assertThat(tenant.audit().verify().isIntact()).isTrue();
    }

    @Test
    @NotOnCitus("SET CONSTRAINTS does not reach the nodes, so the commit of the host is refused")
    void aTransactionOfTheLibraryWithAnOldSnapshotIsRetryable() throws SQLException {
        try (Connection old = DATABASE.dataSource().getConnection();
                Statement statement = old.createStatement()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT 1 FROM promptforge.projects; SET CONSTRAINTS ALL IMMEDIATE");
            acme.project();

            assertThatThrownBy(() -> DATABASE.forge()
                            .on(old)
                            .tenant(tenant.organizationId())
                            .projects()
                            .create(NewProject.of("old")))
                    .isInstanceOf(RetryableException.class);
        }
    }

    @Test
    @NotOnCitus("SET CONSTRAINTS does not reach the nodes, so constraints are checked once")
    void whatATransactionChangesAfterItsConstraintsWereCheckedIsHashedToo() throws SQLException {
        long before = tenant.audit().digest().number();
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(insert("one"));
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED");
            statement.execute(insert("two"));
            statement.execute("SAVEPOINT a; SET CONSTRAINTS ALL IMMEDIATE");
            statement.execute("ROLLBACK TO a");
            statement.execute(insert("three"));
            connection.commit();
        }
        assertThat(tenant.audit().verify()).isEqualTo(new AuditVerification(before + 2, Optional.empty()));
    }

    /** Else each commit plans anew, which takes longer than all else that it does. */
    @Test
    void aCommitUsesACachedPlanAlsoWhereTheStatisticsSeeFewTransactionsOfManyEntries() throws SQLException {
        ClassDatabase database = ClassDatabase.migrated();
        UUID organization = database.newTenant().tenant().organizationId();
        database.execute("INSERT INTO promptforge.projects (organization_id, id, name) SELECT '" + organization
                + "', gen_random_uuid(), 'p' || n FROM generate_series(1, 3000) n");
        database.execute("ANALYZE promptforge.audit_entries");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PREPARE entries (uuid, uuid) AS SELECT id FROM promptforge.audit_entries"
                    + " WHERE organization_id = $1 AND transaction_id = $2 ORDER BY id");
            for (int i = 0; i < 6; i++) {
                statement.execute("EXECUTE entries ('" + organization + "', gen_random_uuid())");
            }
            var plans =
                    statement.executeQuery("SELECT generic_plans FROM pg_prepared_statements WHERE name = 'entries'");
            plans.next();
            assertThat(plans.getLong(1)).isEqualTo(1);
        }
    }

    /** A plan that was made for a small log stays with its connection, so none may read more than its transaction. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @NotOnCitus("the nodes count the scans")
    void aCommitReadsNothingButItsTransactionAlsoByAPlanThatWasMadeForASmallLog(boolean analyzed) throws SQLException {
        ClassDatabase database = ClassDatabase.migrated();
        UUID organization = database.newTenant().tenant().organizationId();
        if (analyzed) {
            database.execute("ANALYZE");
        }
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 20; i++) {
                statement.execute("INSERT INTO promptforge.projects (organization_id, id, name) VALUES ('"
                        + organization + "', gen_random_uuid(), 'p" + i + "'); SET CONSTRAINTS ALL IMMEDIATE");
                assertThat(scanned(statement)).containsExactlyInAnyOrder(READ_BY_A_COMMIT);
                connection.commit();
            }
        }
    }

    /** The tables and indexes of the audit log that the present transaction has scanned. */
    private static List<String> scanned(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (var scans = statement.executeQuery("SELECT relname FROM pg_class WHERE relname LIKE 'audit\\_%'"
                + " AND relkind IN ('r', 'i') AND relnamespace = 'promptforge'::regnamespace"
                + " AND pg_stat_get_xact_numscans(oid) > 0")) {
            while (scans.next()) {
                names.add(scans.getString(1));
            }
        }
        return names;
    }

    @Test
    void aTransactionThatHasChangedRowsVerifiesTheChainBeforeItself() {
        tenant.transactionWithoutResult(tx -> {
            AuditDigest before = tx.audit().digest();
            tx.projects().create(NewProject.of("new"));

            assertThat(tx.audit().verify().isIntact()).isTrue();
            assertThat(tx.audit().digest()).isEqualTo(before);
        });
    }

    @Test
    void tenantsHaveChainsOfTheirOwn() {
        TestTenant globex = DATABASE.newTenant();
        long before = globex.tenant().audit().digest().number();

        DATABASE.forge().transactionWithoutResult(tx -> {
            tx.tenant(tenant.organizationId()).projects().create(NewProject.of("ours"));
            tx.tenant(globex.tenant().organizationId()).projects().create(NewProject.of("theirs"));
        });

        assertThat(globex.tenant().audit().digest().number()).isEqualTo(before + 1);
        assertThat(globex.tenant().audit().verify().isIntact()).isTrue();
        assertThat(tenant.audit().verify().isIntact()).isTrue();
    }

    /** Each column of each table of the log, also the times to the microsecond. */
    static Stream<String> changes() {
        return Stream.of(
                "audit_entries SET id = '" + ANOTHER + "'",
                "audit_entries SET transaction_id = '" + ANOTHER + "'",
                "audit_entries SET actor_type = 'api_key'",
                "audit_entries SET actor_id = '" + ANOTHER + "'",
                "audit_entries SET database_role = database_role || 'x'",
                "audit_entries SET action = 'update'",
                "audit_entries SET table_name = 'prompts'",
                "audit_entries SET row_id = '" + ANOTHER + "'",
                "audit_entries SET row_id = NULL",
                "audit_entries SET before = '{}'",
                "audit_entries SET after = after || '{\"name\": \"Chaos\"}'",
                "audit_entries SET created_at = (created_at AT TIME ZONE 'UTC' + interval '1 microsecond') AT TIME ZONE 'UTC'",
                "audit_transactions SET number = number + 1000",
                "audit_transactions SET hash = sha256(hash)",
                "audit_transactions SET hash = set_byte(hash, 31, get_byte(hash, 31) # 1)",
                "audit_transactions SET id = '" + ANOTHER + "'",
                "audit_transactions SET created_at = (created_at AT TIME ZONE 'UTC' - interval '1 microsecond') AT TIME ZONE 'UTC'");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeIsFound(String change) {
        UUID transaction = threeTransactions();
        String key = change.startsWith("audit_entries") ? "transaction_id" : "id";

        tamper("UPDATE promptforge." + change + " WHERE " + key + " = '" + transaction + "'");

        assertThat(tenant.audit().verify().fault()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "last_number = last_number + 1",
                "last_number = last_number - 1",
                "last_hash = sha256(last_hash)",
                "cut_number = 1",
                "cut_hash = sha256('')"
            })
    void aChangeOfTheEndOfTheLogIsFound(String change) {
        threeTransactions();

        tamper("UPDATE promptforge.audit_logs SET " + change + " WHERE organization_id = '" + id + "'");

        assertThat(tenant.audit().verify().fault()).isPresent();
    }

    @Test
    void removalsAreFound() {
        UUID transaction = threeTransactions();
        tamper("DELETE FROM promptforge.audit_entries WHERE transaction_id = '" + transaction + "'");
        assertThat(kind()).isEqualTo(Kind.CHANGED);

        tamper("DELETE FROM promptforge.audit_transactions WHERE id = '" + transaction + "'");
        assertThat(kind()).isEqualTo(Kind.MISSING);
    }

    @Test
    void theRemovalOfTheLastTransactionIsFound() {
        threeTransactions();
        String last = "(SELECT id FROM promptforge.audit_transactions WHERE organization_id = '" + id
                + "' ORDER BY number DESC LIMIT 1)";

        tamper("DELETE FROM promptforge.audit_entries WHERE transaction_id = " + last);
        tamper("DELETE FROM promptforge.audit_transactions WHERE id = " + last);

        assertThat(kind()).isEqualTo(Kind.END_CHANGED);
    }

    @Test
    void insertionsAreFound() {
        UUID transaction = threeTransactions();
        String copy = "INSERT INTO promptforge.audit_entries SELECT organization_id, gen_random_uuid(), %s, actor_type,"
                + " actor_id, database_role, action, table_name, row_id, before, after, created_at"
                + " FROM promptforge.audit_entries WHERE transaction_id = '" + transaction + "' LIMIT 1";

        tamper(copy.formatted("gen_random_uuid()"));
        assertThat(kind()).isEqualTo(Kind.NOT_CHAINED);

        tamper(copy.formatted("transaction_id"));
        assertThat(kind()).isEqualTo(Kind.CHANGED);
    }

    @Test
    void theRemovalOfTheBeginningIsFoundUnlessItWasCut() {
        threeTransactions();
        tamper(
                "UPDATE promptforge.audit_logs l SET cut_number = 2, cut_hash = t.hash FROM promptforge.audit_transactions t"
                        + " WHERE l.organization_id = '" + id
                        + "' AND t.organization_id = l.organization_id AND t.number = 2");
        tamper(
                "DELETE FROM promptforge.audit_entries WHERE transaction_id IN (SELECT id FROM promptforge.audit_transactions"
                        + " WHERE organization_id = '" + id + "' AND number <= 2)");
        tamper("DELETE FROM promptforge.audit_transactions WHERE organization_id = '" + id + "' AND number <= 2");

        assertThat(tenant.audit().verify().fault()).contains(new AuditFault(Kind.CUT_NOT_RECORDED, 2));
    }

    @Test
    void theRestOfACutLogIsVerifiedFromTheHashBefore() {
        Maintenance maintenance = DATABASE.forge().maintenance();
        AuditDigest first = tenant.audit().digest();
        threeTransactions();
        AuditDigest digest = tenant.audit().digest();

        assertThat(maintenance.cutAuditLog(tenant.organizationId(), Instant.EPOCH.plusSeconds(1)))
                .isZero();
        assertThat(maintenance.cutAuditLog(tenant.organizationId(), Instant.parse("9999-01-01T00:00:00Z")))
                .isEqualTo(digest.number());

        assertThat(tenant.audit().verify()).isEqualTo(new AuditVerification(1, Optional.empty()));
        assertThat(tenant.audit().count(AuditFilter.all())).isEqualTo(1);
        assertThat(tenant.audit().verify(digest).isIntact()).isTrue();
        acme.project();
        assertThat(tenant.audit().verify().isIntact()).isTrue();
        assertThatThrownBy(() -> tenant.audit().verify(first)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM audit_entries",
                "UPDATE audit_entries SET actor_type = 'service'",
                "INSERT INTO audit_entries SELECT * FROM audit_entries",
                "DELETE FROM audit_transactions",
                "UPDATE audit_transactions SET hash = NULL",
                "INSERT INTO audit_transactions (organization_id, id) SELECT id, id FROM organizations",
                "DELETE FROM audit_logs",
                "INSERT INTO audit_logs (organization_id, id) SELECT id, id FROM organizations",
                "UPDATE audit_logs SET last_number = 0",
                "UPDATE audit_logs SET cut_hash = 'x'",
                "UPDATE audit_logs SET cut_number = last_number + 1",
                "UPDATE audit_logs SET cut_number = -1"
            })
    void theOwnerTooIsRefusedToWriteTheLog(String sql) throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO promptforge");

            assertThatThrownBy(() -> statement.execute(sql))
                    .extracting("SQLState")
                    .isEqualTo("23514");
        }
    }

    @Test
    void theLogOfADeletedOrganizationIsDeleted() {
        threeTransactions();

        DATABASE.forge().organizations().delete(tenant.organizationId());

        assertThat(DATABASE.query(
                        "SELECT count(*) FROM promptforge.audit_entries WHERE organization_id = '" + id + "'"))
                .containsExactly("0");
        assertThat(DATABASE.query(
                        "SELECT count(*) FROM promptforge.audit_transactions WHERE organization_id = '" + id + "'"))
                .containsExactly("0");
        assertThat(tenant.audit().digest().number()).isZero();
    }

    @Test
    void aTextThatIsNoDigestIsRefused() {
        String valid = tenant.audit().digest().toString();

        for (String text : List.of("", "x", valid + "0", valid.substring(1), valid.replace(":", ";"))) {
            assertThatThrownBy(() -> AuditDigest.parse(text)).isInstanceOf(InvalidValueException.class);
        }
    }

    /** The middle one, by a user. */
    private UUID threeTransactions() {
        acme.project();
        UUID project = tenant.actingAs(acme.user().id())
                .projects()
                .create(NewProject.of(TestTenant.newName("p")))
                .id();
        acme.project();
        return tenant.audit()
                .list(AuditFilter.all().rowId(project), AuditOrder.OLDEST_FIRST, PageRequest.first())
                .items()
                .get(0)
                .transactionId();
    }

    private String insert(String name) {
        return "INSERT INTO promptforge.projects (organization_id, id, name) VALUES ('" + id + "', gen_random_uuid(), '"
                + name + "')";
    }

    private Kind kind() {
        return tenant.audit().verify().fault().orElseThrow().kind();
    }

    /** As a superuser who switches off the triggers. */
    private static void tamper(String sql) {
        DATABASE.executeAsReplica(sql);
    }
}
