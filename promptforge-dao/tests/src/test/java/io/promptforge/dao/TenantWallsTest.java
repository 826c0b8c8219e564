package io.promptforge.dao;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** Each policy and each foreign key between tenants' tables keeps tenants apart by itself, and its absence is noticed. */
class TenantWallsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final DataSource SERVICE = DATABASE.serviceDataSource();
    private static final TenantWalls WALLS = TenantWalls.of(DATABASE.dataSource());

    private static final String ALONE = """
            ALTER TABLE %1$s DISABLE TRIGGER USER;
            DO $$
            DECLARE
                other record;
            BEGIN
                FOR other IN
                    SELECT conrelid::regclass AS changed, conname AS name FROM pg_constraint
                    WHERE (contype IN ('c', 'f') AND conrelid = '%1$s'::regclass OR contype = 'f' AND confrelid = '%1$s'::regclass)
                    AND conparentid = 0 AND conname <> '%2$s'
                LOOP
                    EXECUTE format('ALTER TABLE %%s DROP CONSTRAINT %%I', other.changed, other.name);
                END LOOP;
            END
            $$""";

    private static UUID mine;
    private static UUID theirs;

    @BeforeAll
    static void twoTenantsWithRowsInEachTable() {
        mine = tenantWithRowsInEachTable();
        theirs = tenantWithRowsInEachTable();
    }

    private static UUID tenantWithRowsInEachTable() {
        TestTenant fixture = DATABASE.newTenant();
        Tenant tenant = new Belongings(fixture).tenant;
        tenant.traces().delete(fixture.fixtures().trace().create().id()); // so that there is an erasure
        return tenant.organizationId();
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
                .collect(groupingBy(
                        TenantWall::kind, () -> new EnumMap<>(Kind.class), mapping(TenantWall::table, toList())));

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
            connection.setAutoCommit(false);
            statement.execute("SELECT promptforge.set_locally('promptforge.organization_id', '" + mine + "')");
            try (ResultSet tenants =
                    statement.executeQuery("SELECT DISTINCT " + tenant + " FROM promptforge." + table)) {
                assertThat(tenants.next()).as("rows in %s", table).isTrue();
                assertThat(tenants.getObject(1, UUID.class)).isEqualTo(mine);
                assertThat(tenants.next()).as("rows of others in %s", table).isFalse();
            }
        }
    }

    /** By plain SQL of the owner, without what else might refuse it: triggers, checks, and other foreign keys from and to the table. */
    private static void noRowRefersToAnotherTenant(TenantWall key) throws SQLException {
        String update = Reference.of(key).toOther();
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL search_path TO promptforge; SET LOCAL citus.enable_unsafe_triggers TO on");
            statement.execute(ALONE.formatted(key.table(), key.name()));
            statement.execute("SELECT set_constraints(false, count(*)) FROM organizations WHERE id = '" + mine + "'");
            assertThatThrownBy(() -> statement.execute(update))
                    .as(key.name())
                    .isInstanceOf(PSQLException.class)
                    // on a cluster, the name of the shard's
                    .hasMessageMatching("(?s).*foreign key constraint \"" + key.name() + "(_\\d+)?\".*");
        }
    }

    /** What a foreign key refers from and to, without the tenant. */
    private record Reference(String table, List<String> columns, String target, List<String> targetColumns) {
        private static final Pattern DEFINITION = Pattern.compile(
                "ALTER TABLE (\\S+) ADD .* FOREIGN KEY \\(organization_id, (.+?)\\) REFERENCES (\\S+?)\\(organization_id, (.+?)\\).*");

        static Reference of(TenantWall key) {
            Matcher matcher = DEFINITION.matcher(key.mending());
            assertThat(matcher.matches()).as(key.mending()).isTrue();
            return new Reference(
                    matcher.group(1),
                    List.of(matcher.group(2).split(", ")),
                    matcher.group(3),
                    List.of(matcher.group(4).split(", ")));
        }

        /** Of a row that refers to one of its own tenant, if there is one; generated columns stay as they are. */
        String toOther() {
            List<String> generated =
                    DATABASE.query("SELECT attname FROM pg_attribute WHERE attgenerated <> '' AND attrelid = '" + table
                            + "'::regclass");
            List<Integer> set = IntStream.range(0, columns.size())
                    .filter(i -> !generated.contains(columns.get(i)))
                    .boxed()
                    .toList();
            String values = DATABASE.query("SELECT concat_ws(', ', %s) FROM %s WHERE organization_id = '%s' LIMIT 1"
                            .formatted(
                                    set.stream()
                                            .map(i -> "'%s = ' || quote_literal(%s)"
                                                    .formatted(columns.get(i), targetColumns.get(i)))
                                            .collect(joining(", ")),
                                    target,
                                    theirs))
                    .get(0);
            return """
                    UPDATE %1$s SET %2$s
                    WHERE organization_id = '%3$s' AND id =
                        (SELECT id FROM %1$s WHERE organization_id = '%3$s' ORDER BY (%4$s) IS NOT NULL DESC LIMIT 1)""".formatted(table, values, mine, String.join(", ", columns));
        }
    }
}
