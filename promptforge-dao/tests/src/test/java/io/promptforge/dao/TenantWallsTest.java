package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.schema.Migrations;
import io.promptforge.seed.testkit.TenantWall;
import io.promptforge.seed.testkit.TenantWall.Kind;
import io.promptforge.seed.testkit.TenantWalls;
import io.promptforge.seed.testkit.WallReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each policy and each foreign key between tenants' tables keeps tenants apart by itself, and its absence is noticed. */
class TenantWallsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final DataSource SERVICE = DATABASE.serviceDataSource();
    private static final TenantWalls WALLS = TenantWalls.of(DATABASE.dataSource());

    private static UUID mine;
    private static UUID theirs;

    @BeforeAll
    static void twoTenantsWithRowsInEachTable() {
        mine = new Belongings(DATABASE.newTenant()).tenant.organizationId();
        theirs = new Belongings(DATABASE.newTenant()).tenant.organizationId();
    }

    @Test
    void aBrokenWallIsNoticed() {
        WallReport report = WALLS.breakEach(TenantWallsTest::keepsTenantsApart);

        assertThat(report.survived()).isEmpty();
        assertThat(report.killedShare()).isEqualTo(1);
    }

    @Test
    void eachTableHasEachKindOfWall() {
        List<String> tables = DATABASE.query("""
                SELECT relname FROM pg_class WHERE relnamespace = 'promptforge'::regnamespace AND relkind IN ('r', 'p')
                AND NOT relispartition AND relname <> 'flyway_schema_history'""");
        Map<Kind, List<String>> walled = WALLS.list().stream()
                .collect(Collectors.groupingBy(
                        TenantWall::kind,
                        () -> new EnumMap<>(Kind.class),
                        Collectors.mapping(TenantWall::table, Collectors.toList())));

        assertThat(walled.get(Kind.ROW_SECURITY)).containsExactlyInAnyOrderElementsOf(tables);
        assertThat(walled.get(Kind.FORCED_ROW_SECURITY)).containsExactlyInAnyOrderElementsOf(tables);
        assertThat(walled.get(Kind.POLICY)).containsExactlyInAnyOrderElementsOf(tables);
        assertThat(walled.get(Kind.FOREIGN_KEY)).contains("prompts", "spans", "policy_violations");
    }

    @Test
    void aWallThatNothingTestsSurvivesAndStandsAgain() {
        List<TenantWall> before = WALLS.list();

        WallReport report = WALLS.breakEach(wall -> {});

        assertThat(report.survived()).isEqualTo(before);
        assertThat(report.killedShare()).isZero();
        assertThat(report).asString().contains("survived: ALTER TABLE promptforge.spans DISABLE ROW LEVEL SECURITY");
        assertThat(WALLS.list()).isEqualTo(before);
        Migrations.of(DATABASE.dataSource()).validate();
    }

    @Test
    void aCheckThatAlwaysFailsSaysNothing() {
        assertThatThrownBy(() -> WALLS.breakEach(wall -> {
                    throw new AssertionError("always");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fails while nothing is broken: always");
    }

    private static void keepsTenantsApart(TenantWall wall) throws SQLException {
        switch (wall.kind()) {
            case ROW_SECURITY, POLICY -> aServiceSeesItsTenantOnly(wall.table());
            case FORCED_ROW_SECURITY -> Migrations.of(DATABASE.dataSource()).validate();
            case FOREIGN_KEY -> noRowRefersToAnotherTenant(wall);
        }
    }

    private static void aServiceSeesItsTenantOnly(String table) throws SQLException {
        String tenant = table.equals("organizations") ? "id" : "organization_id";
        try (Connection connection = SERVICE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET promptforge.organization_id TO '" + mine + "'");
            try (ResultSet tenants =
                    statement.executeQuery("SELECT DISTINCT " + tenant + " FROM promptforge." + table)) {
                assertThat(tenants.next()).as("rows in %s", table).isTrue();
                assertThat(tenants.getObject(1, UUID.class)).isEqualTo(mine);
                assertThat(tenants.next()).as("rows of others in %s", table).isFalse();
            }
        }
    }

    /** By plain SQL of the owner, without the triggers that refuse other changes of the row. */
    private static void noRowRefersToAnotherTenant(TenantWall key) throws SQLException {
        Reference reference = Reference.of(key);
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET search_path TO promptforge");
            statement.execute("ALTER TABLE " + key.table() + " DISABLE TRIGGER USER");
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            assertThatThrownBy(() -> statement.execute(reference.toOther()))
                    .as(key.name())
                    .isInstanceOfSatisfying(
                            org.postgresql.util.PSQLException.class,
                            e -> assertThat(e.getServerErrorMessage().getConstraint())
                                    .isEqualTo(key.name()));
        }
    }

    /** What a foreign key refers from and to, without the tenant. */
    private record Reference(String table, List<String> columns, String target, List<String> targetColumns) {
        private static final java.util.regex.Pattern DEFINITION = java.util.regex.Pattern.compile(
                "ALTER TABLE (\\S+) ADD .* FOREIGN KEY \\(organization_id, (.+?)\\) REFERENCES (\\S+?)\\(organization_id, (.+?)\\).*");

        static Reference of(TenantWall key) {
            var matcher = DEFINITION.matcher(key.mending());
            assertThat(matcher.matches()).as(key.mending()).isTrue();
            return new Reference(
                    matcher.group(1),
                    List.of(matcher.group(2).split(", ")),
                    matcher.group(3),
                    List.of(matcher.group(4).split(", ")));
        }

        String toOther() {
            return """
                    UPDATE %s t SET (%s) = (SELECT %s FROM %s WHERE organization_id = '%s' LIMIT 1)
                    WHERE organization_id = '%s' AND id = (SELECT id FROM %1$s WHERE organization_id = '%6$s' LIMIT 1)"""
                    .formatted(
                            table,
                            String.join(", ", columns),
                            columns.size() == 1 ? targetColumns.get(0) : String.join(", ", targetColumns),
                            target,
                            theirs,
                            mine);
        }
    }
}
