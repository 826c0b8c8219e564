package io.promptforge.seed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.promptforge.postgres.CitusCluster;
import io.promptforge.schema.jooq.Promptforge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class PromptForgeCommandTest extends CommandTest {
    @Test
    void demoMigratesLoadsAndPrintsAnEmptyDatabase() {
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
    void demoPrintsTheNumberOfRowsOfEveryTable() {
        run("demo", "--url", url);

        assertThat(out.toString().lines().map(line -> line.replaceFirst(" \\d+$", "")))
                .containsAll(Promptforge.PROMPTFORGE.getTables().stream()
                        .map(Table::getName)
                        .toList());
    }

    @Test
    void everyCommandOfThePackageIsRegistered() {
        JavaClasses classes = new ClassFileImporter().importPackages("io.promptforge.seed.cli");
        List<Class<?>> commands = classes.stream()
                .filter(type -> type.isAnnotatedWith(Command.class)
                        && !type.isEquivalentTo(PromptForgeCommand.class)
                        && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .<Class<?>>map(JavaClass::reflect)
                .toList();

        assertThat(PromptForgeCommand.commandLine().getSubcommands().values())
                .map(subcommand -> (Object) subcommand.getCommand().getClass())
                .filteredOn(command -> command != GenerateCompletion.class)
                .hasSizeGreaterThan(5)
                .containsExactlyInAnyOrderElementsOf(commands);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandAndOptionHasADescriptionAndTheReadmeNamesThem(String name, CommandLine command)
            throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        if (command.getCommand() instanceof DatabaseCommand) {
            assertThat(command.getCommandSpec().usageMessage().footer())
                    .as("examples in the help of %s", name)
                    .anySatisfy(line -> assertThat(line).contains("promptforge " + name));
        }
        assertThat(readme.contains("`" + name + "`"))
                .as("README names %s", name)
                .isTrue();
        assertThat(command.getCommandSpec().options())
                .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
                .allSatisfy(option -> {
                    assertThat(option.description()).as(option.longestName()).isNotEmpty();
                    assertThat(readme.contains("`" + option.longestName()))
                            .as("README names %s", option.longestName())
                            .isTrue();
                });
    }

    static Stream<Arguments> commands() {
        return PromptForgeCommand.commandLine().getSubcommands().entrySet().stream()
                .map(command -> Arguments.of(command.getKey(), command.getValue()));
    }

    @Test
    void demoCanRunAgain() {
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
                        "Schema promptforge is now at version %1$d; migrations applied: %1$d.".formatted(MIGRATIONS),
                        "The demo organization was loaded.",
                        "Schema promptforge is now at version " + (MIGRATIONS - 1) + " (1 migrations undone).",
                        "Schema promptforge is now at version 3 (" + (MIGRATIONS - 4) + " migrations undone).",
                        "Schema promptforge is empty, at version " + MIGRATIONS + ".");
    }

    @Test
    @DisabledIfSystemProperty(named = CitusCluster.URL, matches = ".+", disabledReason = "there nothing is missing")
    void distributeSaysWhatItWouldDoAndWhatIsMissing() {
        run("migrate", "--url", url);

        assertThat(run("distribute", "--plan", "--url", url)).isEqualTo(1);
        assertThat(run("distribute", "--url", url)).isEqualTo(1);
        assertThat(run("distribute", "--undo", "--url", url)).isZero();
        assertThat(run("distribute", "--undo", "--plan", "--url", url)).isEqualTo(2);

        assertThat(out.toString().lines())
                .anySatisfy(line ->
                        assertThat(line).matches("spans +0 rows +\\d+ kB  by organization_id, read only meanwhile"))
                .anySatisfy(line ->
                        assertThat(line).matches("users .* by organization_id, neither read nor written meanwhile"))
                .anySatisfy(line -> assertThat(line).startsWith("Missing: The server has no Citus."))
                .contains("There was nothing to do.");
        assertThat(err.toString()).contains("The server has no Citus. Install it on all nodes");
    }

    @Test
    @DisabledIfSystemProperty(named = CitusCluster.URL, matches = ".+", disabledReason = "there nothing is missing")
    void distributePrintsItsScriptAndJson() throws IOException {
        run("migrate", "--url", url);

        assertThat(run("distribute", "--script", "--shards", "7", "--url", url)).isZero();
        assertThat(out.toString()).contains("colocate_with => 'none', shard_count => 7", "COMMIT;");

        out.getBuffer().setLength(0);
        run("distribute", "--plan", "--json", "--url", url);
        JsonNode plan = new ObjectMapper().readTree(out.toString());
        assertThat(plan.at("/tables/0/table").asText()).isEqualTo("organizations");
        assertThat(plan.at("/tables/0/lock").asText()).isEqualTo("ACCESS EXCLUSIVE");
        assertThat(plan.at("/obstacles/0/reason").asText()).isEqualTo("citus_missing");
    }

    @Test
    void volumeFillsADatabaseAndContinuesLater() {
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
                        line -> assertThat(line).matches("Organization .* has \\d+ spans in \\d+ traces.*verified\\."))
                .anySatisfy(line -> assertThat(line).matches("[1-9]\\d* spans were written in .* per second.*"));
        assertThat(err.toString()).contains("500 spans from 2026-08-01").doesNotContain("\tat ");
    }

    @Test
    void anOperatorInstallsAPriceListAndSeesWhatItDoesNotExpress(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("prices.json"), """
                {"gpt-test": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.5e-06,
                    "output_cost_per_token": 1e-05},
                 "gpt-odd": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_furlong": 2.5e-06}}""");
        run("migrate", "--url", url);
        run("seed", "--url", url);

        int code = run("install-catalogue", file.toString(), "--organization", "promptforge-demo", "--url", url);

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("1 of 2 models are expressed exactly.", "models: 2 added")
                .contains("gpt-odd, input_cost_per_furlong: ");
        assertThat(run("install-catalogue", "--organization", "promptforge-demo", "--url", url))
                .isZero();
        assertThat(run("install-catalogue", "--organization", "nowhere", "--url", url))
                .isEqualTo(1);
        assertThat(run("install-catalogue", "no-such-file", "--organization", "promptforge-demo", "--url", url))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no-such-file cannot be read").doesNotContain("\tat ");
    }

    @Test
    void anOperatorMaintains() {
        run("migrate", "--url", url);

        assertThat(run("maintain", "--url", url)).isZero();
        assertThat(run("maintain", "--for", "1m30s", "--url", url)).isZero();
        assertThat(run("maintain", "--for", "soon", "--url", url)).isEqualTo(2);

        assertThat(out.toString().lines())
                .anySatisfy(line -> assertThat(line).matches("0 traces and 0 spans deleted in \\d+\\.\\d s\\."));
        assertThat(err.toString()).contains("'soon' is not a positive time such as 90s");
    }

    @Test
    void anOperatorFillsAColumnInBatches() throws IOException {
        run("migrate", "--url", url);
        run("seed", "--url", url);
        String[] backfill = {
            "backfill", "spans", "--set", "error_message = 'none'", "--where", "error_message IS NULL", "--batch", "10"
        };

        assertThat(run(with(backfill, "--url", url))).isZero();
        assertThat(err.toString() + out).contains("10 rows filled ...", "Rows of spans that were filled: ");
        out.getBuffer().setLength(0);
        assertThat(run(with(backfill, "--json", "--url", url))).isZero();
        assertThat(document().get("filled").asInt()).isZero();
        assertThat(run("backfill", "nothing", "--set", "a = 1", "--where", "true", "--url", url))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no table nothing");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void anExpectedFailureIsPrintedWithoutAStackTrace() {
        assertThat(run("seed", "--url", url)).isEqualTo(1);

        assertThat(err.toString()).contains("run Migrations.apply first").doesNotContain("\tat ");
    }

    @Test
    void anUnreachableServerIsNamedInTheError() {
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

    @Test
    void doctorNamesFaultsAndRemediesAndTellsTheirSeverityByTheExitCode() {
        assertThat(run("doctor", "--url", url)).isEqualTo(1);
        assertThat(out.toString()).contains("error MIGRATIONS_PENDING:").contains("    promptforge migrate");

        run("migrate", "--url", url);
        assertThat(run("doctor", "--url", url)).isEqualTo(3);
        assertThat(out.toString()).contains("warning ROLE_TOO_POWERFUL:");
    }

    @Test
    void everyResultIsOneJsonDocumentAndPeopleReadStandardError() throws IOException {
        assertThat(run("status", "--json", "--url", url)).isEqualTo(1);
        JsonNode before = document();
        assertThat(before.get("upToDate").asBoolean()).isFalse();
        assertThat(before.get("currentVersion").isNull()).isTrue();
        assertThat(before.get("migrations").get(0).get("state").asText()).isEqualTo("pending");

        run("migrate", "--json", "--wait", "1m", "--url", url);
        assertThat(document().get("applied").asInt()).isEqualTo(MIGRATIONS);

        run("seed", "--json", "--url", url);
        assertThat(document().get("outcome").asText()).isEqualTo("loaded");

        run("maintain", "--json", "--url", url);
        assertThat(document().get("outcome").asText()).isEqualTo("finished");

        run("doctor", "--json", "--url", url);
        JsonNode finding = document().get("findings").get(0);
        assertThat(finding.get("fault").asText()).isEqualTo("ROLE_TOO_POWERFUL");
        assertThat(finding.get("severity").asText()).isEqualTo("warning");
        assertThat(finding.get("remedy").asText()).isNotBlank();

        run("rollback", "--json", "--steps", "2", "--url", url);
        assertThat(document().get("undone").asInt()).isEqualTo(2);

        run("reset", "--json", "--delete-all-data-of", "promptforge", "--url", url);
        assertThat(document().get("to").asText()).isEqualTo(String.valueOf(MIGRATIONS));

        run("psql-url", "--json", "--url", url);
        assertThat(document().get("url").asText()).endsWith("?options=-c%20search_path%3Dpromptforge");

        run("reset", "--json", "--delete-all-data-of", "production", "--url", url);
        assertThat(document().get("error").asText()).isEqualTo("Migration");

        assertThat(err.toString()).contains("The demo organization was loaded.").contains("not confirmed");
    }

    @Test
    void thePasswordIsNeverPrinted() {
        for (String command : List.of("status", "doctor", "psql-url", "migrate", "seed")) {
            run(command, "--url", url.replace(":any@", ":s3cret@"));
            run(command, "--url", "postgresql://ada:s3cret@127.0.0.1:1/nowhere");
        }

        assertThat(out + err.toString())
                .contains("postgresql://ada@127.0.0.1:1/nowhere of --url")
                .doesNotContain("s3cret");
    }

    @Test
    void validateChecksWhatAServiceChecksWhenItStarts() throws Exception {
        assertThat(run("validate", "--url", url)).isEqualTo(1);
        assertThat(err.toString()).contains("not applied");

        run("migrate", "--json", "--url", url);
        assertThat(document().get("applied").asInt()).isEqualTo(MIGRATIONS);
        assertThat(run("validate", "--json", "--url", url)).isZero();
        assertThat(document().get("valid").asBoolean()).isTrue();
        assertThat(run("validate", "--confined", "--url", url)).isEqualTo(1);

        execute("ALTER TABLE promptforge.projects NO FORCE ROW LEVEL SECURITY");
        assertThat(run("validate", "--url", url)).isEqualTo(1);
        assertThat(err.toString()).contains("projects");
    }
}
