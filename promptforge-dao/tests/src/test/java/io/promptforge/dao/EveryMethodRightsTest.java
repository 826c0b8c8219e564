package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.access.Right;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may call which method: a row for every method of every repository. */
class EveryMethodRightsTest {

    /** The lowest role that may call the methods, the accessor of their repository, the methods. */
    private static final String TABLE = """
            viewer    users          count find findAll findByEmail list
            admin     users          changePassword create hasPassword removePassword unlock update
            viewer    apiKeys        count find findAll list
            admin     apiKeys        create revoke rotate
            admin     audit          count digest find findAll list verify
            viewer    memberships    count find findAll list
            admin     memberships    remove set
            viewer    modelProviders count find findAll findByName findDefault list
            admin     modelProviders clearApiKey clearDefault create findApiKey resealApiKeys setApiKey setDefault update
            viewer    models         count find findAll findByProviderModelId findPriceList list prices pricesAt resolve
            developer models         create update
            admin     models         installCatalogue setPrices
            viewer    repricings     find list
            admin     repricings     preview resume start undo
            viewer    projects       count find findAll findByName list
            developer projects       create delete update
            viewer    prompts        count currentVersions deploymentHistory diff find findAll findAllVersions findByName findVersion
            viewer    prompts        list liveDeployments resolve versions
            developer prompts        commit create delete deploy makeCurrent redactVersion rollback update withdraw
            viewer    evaluations    compare count countResults find findAll list results resultsWithPayloads summary
            developer evaluations    append cancel complete create delete fail reopen start update
            viewer    results        count find findAll groups list
            developer results        addScores record
            viewer    evaluators     count find findAll findAllVersions findByName findLatestVersion findVersion list versions
            developer evaluators     addVersion addVersions create delete installCatalogue update
            viewer    policies       applicable count find findAll findByName findVersion list versions
            developer policies       create delete update
            viewer    violations     count find findAll list summary
            developer violations     acknowledge markFalsePositive record reopen resolve
            viewer    traces         childSummaries children costOf count find findAll findAllWithPayloads findSpan findValues list
            viewer    traces         summary tree treeWithPayloads
            developer traces         addSpans delete deleteAll finish record recordAccepted redact redactSpans update
            """;

    private static final Map<String, Role> LOWEST = lowest();
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    /** Of all calls that are refused, since these change nothing. */
    private static final Belongings OWN = new Belongings(DATABASE.newTenant());

    private static Map<String, Role> lowest() {
        Map<String, Role> roles = new TreeMap<>();
        TABLE.lines().map(line -> line.trim().split(" +")).forEach(row -> Arrays.stream(row)
                .skip(2)
                .forEach(method -> roles.put(row[1] + "." + method, Role.valueOf(row[0].toUpperCase(Locale.ROOT)))));
        return roles;
    }

    private static Role lowest(EveryCall call) {
        return Objects.requireNonNull(LOWEST.get(call.name()), call.name());
    }

    static List<EveryCall> calls() {
        return EveryCall.all();
    }

    private static boolean isForEveryRole(EveryCall call) {
        return lowest(call) == Role.VIEWER;
    }

    static List<EveryCall> callsOfEveryRole() {
        return calls().stream().filter(EveryMethodRightsTest::isForEveryRole).toList();
    }

    static List<EveryCall> callsOfSomeRoles() {
        return calls().stream().filter(call -> !isForEveryRole(call)).toList();
    }

    @Test
    void everyMethodHasARow() {
        assertThat(calls().stream().map(EveryCall::name).collect(Collectors.toSet()))
                .isEqualTo(LOWEST.keySet());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theLowestRoleOfTheRowSucceeds(EveryCall call) {
        Belongings own = new Belongings(DATABASE.newTenant());
        User user = own.fixture.fixtures().user().withRole(lowest(call)).create();
        Object[] arguments = Arguments.of(call, own);

        assertThatCode(() -> call.on(own.tenant.actingAs(user.id()), arguments)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("callsOfSomeRoles")
    void theRoleBelowIsRefusedByTheMissingRightBeforeAnyStatement(EveryCall call) {
        Role below = Arrays.stream(Role.values())
                .filter(role -> role.compareTo(lowest(call)) > 0)
                .findFirst()
                .orElseThrow();
        User user = OWN.fixture.fixtures().user().withRole(below).create();
        RecordedStatements recorded = new RecordedStatements(DATABASE.dataSource());
        Tenant acting = PromptForge.create(recorded.dataSource(), ClassDatabase.settings())
                .tenant(OWN.tenant.organizationId())
                .actingAs(user.id());
        Object[] arguments = Arguments.of(call, OWN);

        List<String> statements = recorded.of(() -> assertThatThrownBy(() -> call.on(acting, arguments))
                .isInstanceOfSatisfying(AccessDeniedException.class, e -> {
                    assertThat(e.right().orElseThrow().lowest()).isEqualTo(lowest(call));
                    assertThat(e).hasMessageContaining(user.id().toString());
                }));
        assertThat(statements).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("callsOfEveryRole")
    void aKeyWithoutTheRightToReadIsRefused(EveryCall call) {
        String key =
                OWN.fixture.fixtures().apiKey().withRights(Right.RECORD_TRACES).issue();
        Tenant acting = DATABASE.forge().authenticate(key).orElseThrow();
        Object[] arguments = Arguments.of(call, OWN);

        assertThatThrownBy(() -> call.on(acting, arguments))
                .isInstanceOfSatisfying(
                        AccessDeniedException.class, e -> assertThat(e.right()).contains(Right.READ));
    }

    static List<EveryCall> callsOfAProjectOrTheOrganization() {
        return calls().stream()
                .filter(call -> Rules.of(call.method()).subject() != Subject.SHARED)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("callsOfAProjectOrTheOrganization")
    void aKeyOfAnotherProjectIsRefused(EveryCall call) {
        Right[] all = Arrays.stream(Right.values())
                .filter(right -> right != Right.MANAGE_API_KEYS)
                .toArray(Right[]::new);
        String key = OWN.fixture
                .fixtures()
                .apiKey()
                .withRights(all)
                .in(OWN.fixture.project())
                .issue();
        Tenant acting = DATABASE.forge().authenticate(key).orElseThrow();
        Object[] arguments = Arguments.of(call, OWN);

        assertThatThrownBy(() -> call.on(acting, arguments)).isInstanceOf(AccessDeniedException.class);
    }
}
