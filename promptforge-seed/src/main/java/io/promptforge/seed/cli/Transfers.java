package io.promptforge.seed.cli;

import io.promptforge.schema.backup.TransferProgress;
import io.promptforge.schema.backup.TransferReport;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** What the commands for backups and exports print alike. */
final class Transfers {
    private Transfers() {}

    static Consumer<TransferProgress> line(CommandOutput out) {
        ProgressLine line = new ProgressLine(out.writer(), "rows");
        return progress -> line.show(progress.step(), progress.rows(), progress.total(), progress.elapsed());
    }

    static String described(TransferReport report) {
        return String.format(
                Locale.ROOT,
                "%,d rows in %d tables, %,.1f MiB, in %.1f s",
                report.rows(),
                report.tables().size(),
                report.bytes() / 1048576.0,
                report.elapsed().toMillis() / 1e3);
    }

    static Map<String, Object> document(TransferReport report) {
        return JsonDocument.of(
                "schema",
                report.schema(),
                "version",
                report.version(),
                "organization",
                report.organization(),
                "rows",
                report.rows(),
                "tables",
                report.tables(),
                "bytes",
                report.bytes(),
                "changed",
                report.changed(),
                "erased",
                report.erased(),
                "elapsedMs",
                report.elapsed());
    }
}
