package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import io.promptforge.dao.trace.TraceRepository;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What PostgreSQL makes of every statement of every repository, on a database with many tenants, as the owner of the tables and as a
 * role that row-level security confines: it finds the rows of the
 * tenant through an index that begins with it, and reads lists in the order of an index, so that no page costs more than
 * another. On a cluster, that one shard is asked, and no more: it has the rows of few tenants, for which other plans are right.
 */
class StatementPlanTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final RecordedStatements SENT = new RecordedStatements(DATABASE.dataSource());
    private static final PromptForge FORGE = PromptForge.create(SENT.dataSource(), ClassDatabase.settings());

    private static final Pattern NUMBERS = Pattern.compile("ROW\\((cost|score),");

    /** Of each subplan too. */
    private static final Pattern TASKS = Pattern.compile("\"Task Count\": (\\d+)");

    private static final HikariDataSource POOL = new HikariDataSource();

    private static Belongings filled;

    @BeforeAll
    static void fill() {
        POOL.setDataSource(DATABASE.dataSource());
        POOL.setMaximumPoolSize(1);
        DATABASE.serviceDataSource();
        filled = new Belongings(DATABASE.newTenant());
        ManyRows.fill(DATABASE, filled);
    }

    static List<EveryCall> calls() {
        return EveryCall.all();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyStatementFindsTheRowsOfItsTenantThroughAnIndex(EveryCall call) {
        Belongings own = call.isRead() ? filled : new Belongings(DATABASE.newTenant());
        Tenant tenant = FORGE.tenant(own.fixture.organization().id());
        Set<String> complaints = new TreeSet<>();

        for (Object[] arguments : variants(call, own)) {
            boolean plainList = isPlainList(call, arguments);
            List<String> statements = SENT.of(() -> callTwice(call, tenant, arguments));
            statements.forEach(statement -> complain(statement, own, plainList, complaints));
        }

        assertThat(complaints).isEmpty();
    }

    /** Without statistics on the pair, PostgreSQL expects few rows of a project and sorts all that follow the cursor. */
    @Test
    void aPageFarDownAListOfAProjectIsReadInTheOrderOfItsIndex() {
        TraceFilter project = TraceFilter.all().projectId(filled.id("project"));
        TraceRepository traces = FORGE.tenant(filled.tenant.organizationId()).traces();
        PageRequest far = PageRequest.first()
                .after(traces.list(project, TraceOrder.NEWEST_FIRST, PageRequest.first(500))
                        .next()
                        .orElseThrow());
        Set<String> complaints = new TreeSet<>();

        SENT.of(() -> traces.list(project, TraceOrder.NEWEST_FIRST, far))
                .forEach(statement -> complain(statement, filled, true, complaints));

        assertThat(complaints).isEmpty();
    }

    @Test
    void thePromptVersionsThatTracesNameAreSoughtByKeys() {
        TraceRepository traces = FORGE.tenant(filled.tenant.organizationId()).traces();
        Json named = Json.of(Map.of(
                "promptforge.prompt", Map.of("version_id", UUID.randomUUID(), "name", "greeting", "version", "1")));
        Set<String> complaints = new TreeSet<>();

        List<String> statements = SENT.of(() -> traces.record(
                TestTenant.newTrace(UUID.randomUUID(), filled.id("project")).metadata(named)));
        statements.forEach(statement -> complain(statement, filled, false, complaints));

        assertThat(statements).anyMatch(statement -> statement.contains("prompt_versions"));
        assertThat(complaints).isEmpty();
    }

    /** Every order, and every filter, with those arguments that the method takes beside them. */
    private static List<Object[]> variants(EveryCall call, Belongings own) {
        List<Object[]> variants = new ArrayList<>(List.<Object[]>of(Arguments.of(call, own)));
        Class<?>[] types = call.method().getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            int place = i;
            List<Object> values;
            if (types[i].isEnum()) {
                values = List.of(types[i].getEnumConstants());
            } else if (Filters.isFilter(types[i])) {
                values = Filters.variants(types[i], own.id("project"));
            } else {
                continue;
            }
            variants = new ArrayList<>(variants.stream()
                    .flatMap(variant -> values.stream().map(value -> {
                        Object[] changed = variant.clone();
                        changed[place] = value;
                        return changed;
                    }))
                    .toList());
        }
        return variants;
    }

    /** The call, and where it gives a page, the call for the next one. */
    private static void callTwice(EveryCall call, Tenant tenant, Object[] arguments) {
        if (call.on(tenant, arguments) instanceof Page<?> page && page.next().isPresent()) {
            Object[] next = arguments.clone();
            for (int i = 0; i < next.length; i++) {
                if (next[i] instanceof PageRequest request) {
                    next[i] = request.after(page.next().get());
                }
            }
            call.on(tenant, next);
        }
    }

    /** Without a condition that few rows meet, which PostgreSQL may rather find first and then sort. */
    private static boolean isPlainList(EveryCall call, Object[] arguments) {
        return call.method().getReturnType() == Page.class
                && Stream.of(arguments)
                        .filter(argument -> Filters.isFilter(argument.getClass()))
                        .allMatch(filter -> filter.equals(Filters.all(filter.getClass()))
                                || filter.equals(Filters.inProject(filter.getClass(), filled.id("project"))));
    }

    private static void complain(String statement, Belongings own, boolean isPlainList, Set<String> complaints) {
        if (statement.startsWith("SET ") || statement.startsWith("explain")) {
            return;
        }
        if (ClassDatabase.isCluster()) {
            complainAboutShards(plan(statement), statement, complaints);
            return;
        }
        complainAboutPlan(plan(statement), statement, isPlainList, complaints);
        String confined = "SET ROLE " + ClassDatabase.SERVICE + "; SET promptforge.organization_id = '"
                + own.tenant.organizationId() + "'";
        complainAboutPlan(plan(statement, confined), "as a service: " + statement, isPlainList, complaints);
    }

    private static String plan(String statement, String... before) {
        try (Connection connection = POOL.getConnection();
                Statement explaining = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String setting : before) {
                explaining.execute(setting);
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = explaining.executeQuery("EXPLAIN (FORMAT JSON) " + statement)) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            connection.rollback();
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private static void complainAboutShards(String text, String statement, Set<String> complaints) {
        Matcher tasks = TASKS.matcher(text);
        while (tasks.find()) {
            if (!tasks.group(1).equals("1")) {
                complaints.add("asks " + tasks.group(1) + " shards: " + statement);
            }
        }
    }

    private static void complainAboutPlan(String text, String statement, boolean isPlainList, Set<String> complaints) {
        List<Map<?, ?>> nodes = new ArrayList<>();
        collect(Json.parse(text).toJava(), nodes);
        for (Map<?, ?> node : nodes) {
            String type = String.valueOf(node.get("Node Type"));
            Object table = node.get("Relation Name");
            String condition = String.valueOf(node.get("Index Cond"));
            boolean seeks = type.startsWith("Index") || type.equals("Bitmap Index Scan");
            // they have one row of each tenant
            boolean isSmall = Set.of("organizations", "audit_logs").contains(String.valueOf(table));
            if (type.equals("Seq Scan") && !isSmall) {
                complaints.add("reads all of " + table + ": " + statement);
            }
            boolean ofTenant = condition.contains("organization_id") || "organizations".equals(table);
            // the keys without the tenant: logins are unique over the platform
            boolean ofLogin =
                    Set.of("users_email_key", "users_sso_subject_key").contains(String.valueOf(node.get("Index Name")));
            if (seeks && !ofTenant && !ofLogin) {
                complaints.add("reads " + node.get("Index Name") + " of all tenants: " + statement);
            }
            // a key that is unique by itself is sought, and what decides between equal ones may then be filtered
            boolean seeksCursor = condition.contains(">=") || condition.contains("<=");
            String filter = String.valueOf(node.get("Filter"));
            // PostgreSQL does not call the comparison of numbers leakproof, and asks row-level security first
            boolean waitsForSecurity = filter.contains("current_setting")
                    && NUMBERS.matcher(filter).find();
            if (isPlainList && !seeksCursor && !waitsForSecurity && filter.contains("ROW(")) {
                complaints.add("reads all that lies before the page: " + statement);
            }
            if (isPlainList && type.equals("Sort")) {
                complaints.add("sorts a list by " + node.get("Sort Key") + ": " + statement);
            }
        }
    }

    private static void collect(@Nullable Object plan, List<Map<?, ?>> nodes) {
        if (plan instanceof Map<?, ?> map) {
            if (map.containsKey("Node Type")) {
                nodes.add(map);
            }
            map.values().forEach(value -> collect(value, nodes));
        } else if (plan instanceof Collection<?> parts) {
            parts.forEach(part -> collect(part, nodes));
        }
    }
}
