package com.example.releasedesk;

import static io.promptforge.dao.access.Right.DEPLOY_PROMPTS;
import static io.promptforge.dao.access.Right.READ;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.access.Right;
import io.promptforge.dao.apikey.IssuedApiKey;
import io.promptforge.dao.apikey.NewApiKey;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.prompt.PromptFilter;
import io.promptforge.dao.prompt.PromptOrder;
import io.promptforge.schema.ServiceRole;
import io.promptforge.schema.type.Role;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.fixture.UserFixture;
import io.promptforge.seed.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The service as in production: a role that sees one tenant at a time, behind PgBouncer, with users of each role and with keys. */
@SpringBootTest
@DirtiesContext
@EnabledIf(value = "com.example.releasedesk.PgBouncer#isInstalled", disabledReason = "Debian's package pgbouncer is not installed.")
class ConfinedServiceTest {
    private static final String ROLE = "release_desk_service";
    private static final int SERVER_CONNECTIONS = 3;

    private static TestDatabase database;
    private static PgBouncer pooler;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PromptForge forge;

    private MockMvc http;
    private Tenant tenant;
    private Fixtures fixtures;
    private Prompt prompt;

    /** What an administrator does before the service starts. */
    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) throws Exception {
        database = TestDatabase.create();
        Flyway.configure().dataSource(database.dataSource()).schemas("release_desk").load().migrate();
        ServiceRole.of(database.dataSource()).named(ROLE).grant();
        JdbcClient owner = JdbcClient.create(database.dataSource());
        owner.sql("ALTER ROLE " + ROLE + " LOGIN").update();
        owner.sql("GRANT USAGE ON SCHEMA release_desk TO " + ROLE).update();
        owner.sql("GRANT SELECT, INSERT ON release_desk.journal TO " + ROLE).update();
        pooler = PgBouncer.start(database.jdbcUrl(), ROLE, SERVER_CONNECTIONS);
        registry.add("spring.datasource.url", pooler::jdbcUrl);
        registry.add("spring.flyway.enabled", () -> false);
        registry.add("release-desk.confined", () -> true);
    }

    @AfterAll
    static void end() {
        pooler.close();
        database.close();
    }

    @BeforeEach
    void create(@Autowired WebApplicationContext context) {
        http = MockMvcBuilders.webAppContextSetup(context).build();
        tenant = database.tenant();
        fixtures = database.fixtures();
        prompt = fixtures.prompt().withVersions(1).create();
    }

    @Test
    void theServiceIsConfined() {
        assertThat(jdbc.sql("SELECT current_user::text").query(String.class).single()).isEqualTo(ROLE);
        assertThat(jdbc.sql("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
                        .query(Boolean.class)
                        .single())
                .isFalse();
        assertThat(jdbc.sql("SELECT count(*) FROM promptforge.prompts").query(Long.class).single())
                .as("without a tenant")
                .isZero();
    }

    @Test
    void usersDoWhatTheirRolesMay() throws Exception {
        assertThat(publish(password(Role.ADMIN))).isEqualTo(204);
        assertThat(publish(password(Role.DEVELOPER))).isEqualTo(204);
        String viewer = password(Role.VIEWER);
        assertThat(publish(viewer)).isEqualTo(403);
        assertThat(read(viewer)).isEqualTo(200);
        assertThat(read("Basic " + base64("ada@example.com:guess"))).isEqualTo(401);
        assertThat(forge.tenant(tenant.organizationId()).prompts().liveDeployments(prompt.id(), PageRequest.first()).items())
                .hasSize(1);
    }

    @Test
    void servicesDoWhatTheirKeysMay() throws Exception {
        IssuedApiKey deployer = key(DEPLOY_PROMPTS, READ);
        assertThat(publish("Bearer " + deployer.text())).isEqualTo(204);
        assertThat(publish("Bearer " + key(READ).text())).isEqualTo(403);

        tenant.apiKeys().revoke(deployer.key().id());
        assertThat(publish("Bearer " + deployer.text())).isEqualTo(401);
    }

    @Test
    void anotherTenantDoesNotSeeThePrompt() throws Exception {
        assertThat(publish(password(Role.ADMIN))).isEqualTo(204);
        Fixtures others = fixtures.elsewhere();

        String stranger = password(others.user().withRole(Role.ADMIN));
        assertThat(read(stranger)).isEqualTo(404);
        assertThat(publish(stranger)).isEqualTo(404);
    }

    @Test
    void tenantsThatShareTheServersConnectionsDoNotMeet() throws Exception {
        Fixtures others = fixtures.elsewhere();
        Prompt theirs = others.prompt().create();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> pages = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                Prompt own = i % 2 == 0 ? prompt : theirs;
                UUID organization = i % 2 == 0 ? tenant.organizationId() : others.tenant().organizationId();
                pages.add(threads.submit(() -> forge.tenant(organization).prompts()
                        .list(PromptFilter.all(), PromptOrder.OLDEST_FIRST, PageRequest.first()).items().stream()
                        .allMatch(found -> found.projectId().equals(own.projectId()))));
            }
            for (Future<Boolean> page : pages) {
                assertThat(page.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private int publish(String authorization) throws Exception {
        return http.perform(put("/prompts/{prompt}/production", prompt.id())
                        .header("Authorization", authorization)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"version\": 1, \"reason\": \"First\"}"))
                .andReturn().getResponse().getStatus();
    }

    private int read(String authorization) throws Exception {
        return http.perform(get("/projects/{project}/prompts/{name}/production", prompt.projectId(), prompt.name())
                        .header("Authorization", authorization)
                        .param("customer_name", "Ada")
                        .param("topic", "a refund"))
                .andReturn().getResponse().getStatus();
    }

    private String password(Role role) {
        return password(fixtures.user().withRole(role));
    }

    private static String password(UserFixture user) {
        return "Basic " + base64(user.create().email() + ":" + UserFixture.PASSWORD);
    }

    private IssuedApiKey key(Right... rights) {
        return tenant.apiKeys().create(NewApiKey.of("key " + UUID.randomUUID(), Set.of(rights)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
