package io.promptforge.seed.cli;

import io.promptforge.schema.distribution.Distribution;
import io.promptforge.schema.distribution.DistributionPlan;
import io.promptforge.schema.distribution.DistributionReport;
import io.promptforge.schema.distribution.Obstacle;
import io.promptforge.schema.distribution.TablePlan;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "distribute",
        description = {
            "Distributes the tables over the workers of a Citus cluster, with their rows and in one transaction.",
            "Writers wait until it ends. Repeated, it distributes only what is not distributed yet; migrations distribute their new tables themselves."
        },
        footer = {
            "  promptforge distribute --plan     # what would be done, how large it is, and what is missing",
            "  promptforge distribute",
            "  promptforge distribute --undo     # brings all tables back"
        })
final class DistributeCommand extends DatabaseCommand {

    /** What is done instead of distributing. */
    static final class Instead {
        @Option(
                names = "--plan",
                description = "Only say what would be done. Exit code 1 if something is missing for it.")
        boolean plan;

        @Option(names = "--script", description = "Only print the SQL, for an administrator to run by psql.")
        boolean script;

        @Option(names = "--undo", description = "Bring all tables back to the coordinator.")
        boolean undo;
    }

    @ArgGroup
    private @Nullable Instead instead;

    @Option(
            names = "--shards",
            paramLabel = "NUMBER",
            description =
                    "How many shards the rows are spread over, 1 to 64,000; otherwise the server's citus.shard_count.")
    private @Nullable Integer shards;

    @Override
    public Integer call() {
        CommandOutput out = out();
        Distribution distribution = Distribution.of(database.dataSource())
                .schema(database.schema())
                .progress(progress -> out.line(String.format(
                        Locale.ROOT,
                        "%6.1f s  %,d of %,d rows  %s ...",
                        progress.elapsed().toMillis() / 1e3,
                        progress.rows(),
                        progress.total(),
                        progress.step())));
        distribution = shards == null ? distribution : distribution.shards(shards);
        Instead other = instead == null ? new Instead() : instead;
        if (other.plan) {
            return plan(out, distribution.plan());
        }
        if (other.script) {
            String script = distribution.script();
            out.line(script);
            result(() -> JsonDocument.of("script", script));
            return 0;
        }
        report(
                out,
                other.undo ? distribution.undo() : distribution.apply(),
                other.undo ? "brought back" : "distributed");
        return 0;
    }

    private int plan(CommandOutput out, DistributionPlan plan) {
        for (TablePlan table : plan.tables()) {
            out.line(String.format(
                    Locale.ROOT,
                    "%-22s %,14d rows %,10d kB  %s",
                    table.table(),
                    table.rows(),
                    table.bytes() / 1024,
                    fate(table)));
        }
        out.line(
                plan.pending().isEmpty()
                        ? "Nothing is left to be distributed over " + plan.workers() + " workers."
                        : String.format(
                                Locale.ROOT,
                                "To be distributed over %d workers: %d tables, %,d rows, %,d kB. Writers wait for about %d seconds.",
                                plan.workers(),
                                plan.pending().size(),
                                plan.rows(),
                                plan.bytes() / 1024,
                                Math.max(1, plan.duration().toSeconds())));
        if (!plan.keys().isEmpty()) {
            out.line("The library, and no longer the database, will keep unique: " + String.join(", ", plan.keys())
                    + ".");
        }
        plan.obstacles()
                .forEach(obstacle -> out.line("Missing: " + obstacle.problem() + ". " + obstacle.remedy() + "."));
        result(() -> JsonDocument.of(
                "schema",
                plan.schema(),
                "workers",
                plan.workers(),
                "tables",
                plan.tables().stream().map(DistributeCommand::document).toList(),
                "rows",
                plan.rows(),
                "bytes",
                plan.bytes(),
                "durationMs",
                plan.duration(),
                "keys",
                plan.keys(),
                "obstacles",
                plan.obstacles().stream().map(DistributeCommand::document).toList()));
        return plan.obstacles().isEmpty() ? 0 : 1;
    }

    private void report(CommandOutput out, DistributionReport report, String done) {
        out.line(
                report.tables().isEmpty()
                        ? "There was nothing to do."
                        : String.format(
                                Locale.ROOT,
                                "Tables of schema %s that were %s: %d, with %,d rows, in %.1f s.",
                                report.schema(),
                                done,
                                report.tables().size(),
                                report.rows(),
                                report.elapsed().toMillis() / 1e3));
        result(() -> JsonDocument.of(
                "schema",
                report.schema(),
                "rows",
                report.rows(),
                "tables",
                report.tables(),
                "elapsedMs",
                report.elapsed()));
    }

    private static String fate(TablePlan table) {
        if (table.column().isEmpty()) {
            return "stays on the coordinator";
        }
        return table.distributed()
                ? "is distributed"
                : "by " + table.column().get() + ", "
                        + (table.lock().filter("EXCLUSIVE"::equals).isPresent()
                                ? "read only meanwhile"
                                : "neither read nor written meanwhile");
    }

    private static Map<String, Object> document(TablePlan table) {
        return JsonDocument.of(
                "table",
                table.table(),
                "column",
                table.column(),
                "distributed",
                table.distributed(),
                "lock",
                table.lock(),
                "rows",
                table.rows(),
                "bytes",
                table.bytes());
    }

    private static Map<String, Object> document(Obstacle obstacle) {
        return JsonDocument.of("reason", obstacle.reason(), "problem", obstacle.problem(), "remedy", obstacle.remedy());
    }
}
