package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What applications do before each call of a model. */
class PromptResolutionTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final UUID project = fixture.project().id();
    private final ResolvedPrompt first = fixture.prompt(project);
    private final UUID id = first.prompt().id();
    private final String name = first.prompt().name();
    private final PromptVersion second =
            prompts.commit(id, NewPromptVersion.of("Second")).version();

    @Test
    void anEnvironmentGetsWhatIsLiveThereWhateverIsCurrent() {
        prompts.deploy(id, 2, "production", null);

        Prompt prompt = prompts.find(id).orElseThrow();
        assertThat(prompts.resolve(project, name)).contains(new ResolvedPrompt(prompt, first.version()));
        assertThat(prompts.resolve(project, name, "production")).contains(new ResolvedPrompt(prompt, second));
        prompts.makeCurrent(id, 2);
        prompts.deploy(id, 1, "production", null);
        assertThat(prompts.resolve(project, name).orElseThrow().version()).isEqualTo(second);
        assertThat(prompts.resolve(project, name, "production").orElseThrow().version())
                .isEqualTo(first.version());
    }

    @Test
    void whereNothingIsLiveNothingIsResolved() {
        assertThat(prompts.resolve(project, name, "production")).isEmpty();
        prompts.deploy(id, 2, "production", null);
        assertThat(prompts.resolve(project, name, "staging")).isEmpty();
        assertThat(prompts.resolve(project, name, "Production")).isEmpty();
        prompts.withdraw(id, "production", null);
        assertThat(prompts.resolve(project, name, "production")).isEmpty();
    }

    @Test
    void anotherProjectOrTenantHasPromptsOfItsOwn() {
        prompts.deploy(id, 2, "production", null);
        UUID other = fixture.project().id();
        PromptRepository theirs = DATABASE.newTenant().tenant().prompts();

        assertThat(prompts.resolve(other, name)).isEmpty();
        assertThat(prompts.resolve(other, name, "production")).isEmpty();
        assertThat(theirs.resolve(project, name)).isEmpty();
        assertThat(theirs.resolve(project, name, "production")).isEmpty();
    }

    @Test
    void whatNoPromptOrEnvironmentIsCalledIsRefused() {
        blames("name", () -> prompts.resolve(project, " "));
        blames("name", () -> prompts.resolve(project, "a\0", "production"));
        blames("environment", () -> prompts.resolve(project, name, ""));
    }

    @Test
    void resolvingIsOneStatement() {
        prompts.deploy(id, 2, "production", null);
        List<String> calls = new ArrayList<>();
        PromptRepository watched = PromptForge.create(watched(DATABASE.dataSource(), calls))
                .tenant(fixture.tenant().organizationId())
                .prompts();

        Optional<ResolvedPrompt> current = watched.resolve(project, name);
        assertThat(calls).containsExactly("executeQuery");
        calls.clear();
        Optional<ResolvedPrompt> live = watched.resolve(project, name, "production");
        assertThat(calls).containsExactly("executeQuery");

        assertThat(current.orElseThrow().version()).isEqualTo(first.version());
        assertThat(live.orElseThrow().version()).isEqualTo(second);
    }

    /** Notes what goes to the server: statements, and what changes or ends a transaction. */
    private static DataSource watched(DataSource dataSource, List<String> calls) {
        return watch(DataSource.class, dataSource, calls);
    }

    private static <T> T watch(Class<T> type, Object target, List<String> calls) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    if (called.getName()
                            .matches("execute.*|set(AutoCommit|ReadOnly|TransactionIsolation|Savepoint)"
                                    + "|commit|rollback|releaseSavepoint|isValid")) {
                        calls.add(called.getName());
                    }
                    try {
                        Object result = called.invoke(target, arguments);
                        if (result instanceof PreparedStatement) {
                            return watch(PreparedStatement.class, result, calls);
                        }
                        return result instanceof Connection ? watch(Connection.class, result, calls) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
