package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.NotFoundException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds for every public method of every repository, with the wall of the database alone: as a role that row-level security confines,
 * and without the conditions by which the library keeps tenants apart.
 */
class EveryMethodConfinedTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final PromptForge CONFINED = confined();

    private static PromptForge confined() {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(DATABASE.serviceDataSource());
        pool.setMaximumPoolSize(2);
        return forge(pool);
    }

    private static PromptForge forge(DataSource dataSource) {
        return PromptForge.create(new WithoutTenantConditions(dataSource).dataSource(), ClassDatabase.settings());
    }

    static List<EveryCall> calls() {
        return EveryCall.all();
    }

    @BeforeAll
    static void theRoleIsNoSuperuserAndOwnsNothing() throws SQLException {
        try (var connection = DATABASE.serviceDataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
                        FROM pg_roles r WHERE rolname = current_user""")) {
            row.next();
            assertThat(row.getBoolean(1)).isFalse();
        }
    }

    @Test
    void withoutRowLevelSecurityRowsOfAnotherTenantWouldBeFound() {
        Belongings theirs = new Belongings(DATABASE.newTenant());
        UUID mine = DATABASE.newTenant().organization().id();
        Tenant open = forge(DATABASE.dataSource()).tenant(mine);

        assertThat(open.projects().find(theirs.id("project"))).isPresent();
        assertThat(open.traces().find(theirs.id("trace"))).isPresent();
        assertThat(CONFINED.tenant(mine).projects().find(theirs.id("project"))).isEmpty();
        assertThat(CONFINED.tenant(mine).traces().find(theirs.id("trace"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    @NotOnCitus("statements without their tenant are not of one shard, and some are refused")
    void theTenantThatOwnsTheIdsSucceeds(EveryCall call) {
        Belongings own = new Belongings(DATABASE.newTenant());
        Object[] arguments = Arguments.of(call, own);

        assertThatCode(() -> {
                    Object result = call.on(CONFINED.tenant(own.tenant.organizationId()), arguments);
                    if (CallEffects.namesAnything(call) && result != null) {
                        assertThat(CallEffects.isNothing(result))
                                .as("%s", result)
                                .isFalse();
                    }
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void withTheIdsOfAnotherTenantNothingIsReadChangedOrRevealed(EveryCall call) {
        Belongings theirs = new Belongings(DATABASE.newTenant());
        TestTenant mine = DATABASE.newTenant();
        List<String> theirRows = CallEffects.rows(DATABASE, theirs.fixture);
        Object[] arguments = Arguments.of(call, theirs);

        Throwable failure = catchThrowable(() -> {
            Object result = call.on(CONFINED.tenant(mine.organization().id()), arguments);
            if (CallEffects.namesAnything(call)) {
                assertThat(CallEffects.isNothing(result)).as("%s", result).isTrue();
            } else {
                assertThat(String.valueOf(result))
                        .doesNotContain(
                                theirs.ids().stream().map(UUID::toString).toList());
            }
        });

        if (!isRefusedByCluster(failure)) {
            assertThat(failure).satisfiesAnyOf(none -> assertThat(none).isNull(), e -> assertThat(e)
                    .isInstanceOfAny(NotFoundException.class, InvalidReferenceException.class));
        }
        assertThat(CallEffects.rows(DATABASE, theirs.fixture)).isEqualTo(theirRows);
    }

    /** A cluster refuses some statements without their tenant, since these are not of one shard, or fails with an error of its own. */
    private static boolean isRefusedByCluster(@Nullable Throwable failure) {
        return ClassDatabase.isCluster()
                && failure != null
                && failure.getCause() instanceof SQLException cause
                && Set.of("0A000", "42804", "XX000").contains(cause.getSQLState());
    }
}
