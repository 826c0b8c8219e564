package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.audit.AuditFilter;
import io.promptforge.dao.audit.AuditOrder;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.project.ProjectOrder;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every public method of every repository takes values that break careless code, one at a time among valid ones, or refuses them: with
 * an error of its kind, without a trace in the tables, and without a word of another tenant. {@code -Dhostile.seed=…} and {@code
 * -Dhostile.calls=…} run others.
 */
class HostileInputTest {
    private static final long SEED = Long.getLong("hostile.seed", 17);
    private static final int CALLS = Integer.getInteger("hostile.calls", 2);

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final HikariDataSource POOL = pool();
    private static final PromptForge FORGE = PromptForge.create(POOL, ClassDatabase.settings());

    private static final AtomicInteger TAKEN = new AtomicInteger();
    private static final AtomicInteger REFUSED = new AtomicInteger();

    private static final Belongings THEIRS = new Belongings(DATABASE.newTenant());
    private static final List<String> THEIR_TEXTS = Stream.of("user", "project", "prompt", "policy", "trace")
            .map(THEIRS::row)
            .flatMap(row -> Arrays.stream(row.getClass().getRecordComponents())
                    .filter(component -> component.getName().matches("name|email|fullName"))
                    .map(component -> String.valueOf(Samples.call(component.getAccessor(), row))))
            .toList();

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(DATABASE.dataSource());
        pool.setMaximumPoolSize(2);
        return pool;
    }

    static List<EveryCall> calls() {
        return EveryCall.all();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCallTakesAHostileValueOrRefusesItAndNothingElseHappens(EveryCall call) {
        Belongings own = new Belongings(DATABASE.newTenant());
        Tenant tenant = FORGE.tenant(own.tenant.organizationId());
        List<String> theirRows = CallEffects.rows(DATABASE, THEIRS.fixture);
        List<String> cursors = cursors(own);

        for (int i = 0; i < CALLS; i++) {
            long seed = SEED * 1_000_003 + call.toString().hashCode() + i;
            List<String> before = CallEffects.rows(DATABASE, own.fixture);
            Object[][] given = new Object[1][];
            String[] result = new String[1];
            Throwable failure = unwrapped(catchThrowable(() -> {
                given[0] = HostileArguments.of(call, own, seed, new HostileValues(seed, THEIRS.ids(), cursors));
                result[0] = String.valueOf(call.on(tenant, given[0]));
            }));
            String description =
                    "call %d of %s with %s, -Dhostile.seed=%d".formatted(i, call, shortened(given[0]), SEED);

            if (failure == null) {
                TAKEN.incrementAndGet();
                assertThat(result[0]).as(description).doesNotContain(THEIR_TEXTS);
            } else {
                REFUSED.incrementAndGet();
                assertThat(failure)
                        .as(description)
                        .isInstanceOf(PromptForgeException.class)
                        .isNotExactlyInstanceOf(PromptForgeException.class)
                        .isNotInstanceOf(RetryableException.class);
                assertThat(failure.getMessage())
                        .as(description)
                        .hasSizeLessThan(1_000)
                        .doesNotContain(THEIR_TEXTS);
                assertThat(CallEffects.rows(DATABASE, own.fixture))
                        .as(description)
                        .isEqualTo(before);
            }
        }
        assertThat(CallEffects.rows(DATABASE, THEIRS.fixture)).isEqualTo(theirRows);
    }

    @AfterEach
    void noConnectionIsLeftOpen() {
        assertThat(POOL.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @AfterAll
    static void someValuesWereTakenAndSomeRefused() {
        assertThat(TAKEN).hasPositiveValue();
        assertThat(REFUSED).hasPositiveValue();
    }

    /** What a setter or a factory throws is wrapped by reflection. */
    private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        return failure instanceof LinkageError && failure.getCause() instanceof InvocationTargetException wrapper
                ? wrapper.getTargetException()
                : failure;
    }

    private static List<String> cursors(Belongings own) {
        own.fixture.fixtures().project().create();
        return List.of(
                own.tenant
                        .audit()
                        .list(AuditFilter.all(), AuditOrder.NEWEST_FIRST, PageRequest.first(1))
                        .next()
                        .orElseThrow(),
                own.tenant
                        .projects()
                        .list(ProjectFilter.all(), ProjectOrder.NEWEST_FIRST, PageRequest.first(1))
                        .next()
                        .orElseThrow());
    }

    private static String shortened(Object @Nullable [] arguments) {
        String text = Arrays.toString(arguments);
        return text.length() > 600 ? text.substring(0, 600) + "…" : text;
    }
}
