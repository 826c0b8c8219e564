package io.promptforge.seed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.seed.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PromptForgeCommandTest {
    private static final int MIGRATIONS = TestServer.migrations();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final String url = TestServer.url(TestServer.emptyDatabase());

    @Test
    void demoShowsADatabaseFromNothing() {
        assertThat(run("demo", "--url", url)).isZero();

        assertThat(out.toString().lines())
                .contains(
                        "Schema promptforge is at version %1$d; %1$d migrations were applied.".formatted(MIGRATIONS),
                        "admin@promptforge.com is logged in as admin.",
                        "organizations 1",
                        "evaluation_results 10",
                        "spans 25",
                        "Code Review Assistant (draft)",
                        "Customer Greeting, version 1 (current)",
                        "Greeting Accuracy Test (completed)")
                .anySatisfy(line -> assertThat(line).startsWith("9 of 10 tests passed (90 %)"))
                .anySatisfy(line -> assertThat(line).matches(" +\\|- chat gpt-4.* ms +\\d+ tokens +\\$0\\.\\d+"));
    }

    @Test
    void demoMayBeShownAgain() {
        run("demo", "--url", url);

        assertThat(run("demo", "--url", url)).isZero();

        assertThat(out.toString()).contains("nothing was changed");
    }

    @Test
    void anOperatorMigratesSeedsRollsBackAndResets() {
        assertThat(run("status", "--url", url)).isEqualTo(1);
        assertThat(run("migrate", "--url", url)).isZero();
        assertThat(run("status", "--url", url)).isZero();
        assertThat(run("seed", "--url", url)).isZero();
        assertThat(run("seed", "--replace", "--url", url)).isZero();
        assertThat(run("rollback", "--steps", "1", "--url", url)).isZero();
        assertThat(run("rollback", "--to", "3", "--url", url)).isZero();
        assertThat(run("migrate", "--url", url)).isZero();
        assertThat(run("reset", "--delete-all-data-of", "promptforge", "--url", url))
                .isZero();

        assertThat(out.toString().lines())
                .contains(
                        "Schema promptforge is now at version %1$d (%1$d migrations applied).".formatted(MIGRATIONS),
                        "The demo organization was loaded.",
                        "Schema promptforge is now at version " + (MIGRATIONS - 1) + " (1 migrations undone).",
                        "Schema promptforge is now at version 3 (" + (MIGRATIONS - 4) + " migrations undone).",
                        "Schema promptforge is empty, at version " + MIGRATIONS + ".");
    }

    @Test
    void volumeFillsADatabaseAndGoesOnLater() {
        run("migrate", "--url", url);

        assertThat(run("volume", "--spans", "500", "--from", "2026-08-01", "--until", "2026-09-01", "--url", url))
                .isZero();
        assertThat(run("volume", "--spans", "700", "--url", url)).isZero();
        assertThat(run("volume", "--spans", "700", "--until", "2026-09-02", "--url", url))
                .isEqualTo(1);

        assertThat(out.toString().lines())
                .anySatisfy(line -> assertThat(line).matches("Writing  \\[#+] 100 % .* spans .*done"))
                .anySatisfy(line -> assertThat(line).matches("Checking \\[#+] 100 % .* spans .*done"))
                .anySatisfy(
                        line -> assertThat(line).matches("Organization .* has \\d+ spans in \\d+ traces.*in order\\."))
                .anySatisfy(line -> assertThat(line).matches("[1-9]\\d* spans were written in .* per second.*"));
        assertThat(err.toString()).contains("500 spans from 2026-08-01").doesNotContain("\tat ");
    }

    @Test
    void aFailureSaysWhatToDoAndShowsNoStackTrace() {
        assertThat(run("seed", "--url", url)).isEqualTo(1);

        assertThat(err.toString()).contains("run Migrations.apply first").doesNotContain("\tat ");
    }

    @Test
    void anUnreachableServerIsNamed() {
        assertThat(run("migrate", "--url", "postgresql://127.0.0.1:1/nowhere")).isEqualTo(1);

        assertThat(err.toString()).contains("127.0.0.1:1").doesNotContain("\tat ");
    }

    @Test
    void aResetThatNamesAnotherSchemaIsRefused() {
        run("migrate", "--url", url);

        assertThat(run("reset", "--delete-all-data-of", "production", "--url", url))
                .isEqualTo(1);

        assertThat(err.toString()).contains("not confirmed");
    }

    private int run(String... arguments) {
        CommandLine commandLine = PromptForgeCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
