package io.promptforge.seed.cli;

import io.promptforge.schema.doctor.Diagnosis;
import io.promptforge.schema.doctor.Doctor;
import io.promptforge.schema.doctor.Finding;
import io.promptforge.schema.doctor.Finding.Severity;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

@Command(
        name = "doctor",
        description = {
            "Finds what is wrong with a database: connection, rights, migrations, changes by hand, partitions, indexes, vacuum.",
            "Each finding comes with what mends it. Changes nothing."
        },
        exitCodeList = {
            "0:nothing is wrong, or only remarks",
            "1:errors",
            "2:invalid arguments",
            "3:warnings, no errors"
        },
        footer = {
            "  promptforge doctor",
            "  promptforge doctor --json | jq -r '.findings[] | .fault + \": \" + .remedy'"
        })
final class DoctorCommand extends DatabaseCommand {
    private static final int WARNINGS = 3;

    @Override
    public Integer call() {
        CommandOutput out = out();
        Diagnosis diagnosis =
                Doctor.of(database.dataSource()).schema(database.schema()).examine();
        if (diagnosis.findings().isEmpty()) {
            out.line("Nothing is wrong with schema " + diagnosis.schema() + ".");
        }
        diagnosis.findings().forEach(finding -> print(finding, out));
        result(() -> JsonDocument.of(
                "schema",
                diagnosis.schema(),
                "worst",
                diagnosis.worst(),
                "findings",
                diagnosis.findings().stream().map(DoctorCommand::document).toList()));
        return exitCode(diagnosis);
    }

    private static void print(Finding finding, CommandOutput out) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        String colour =
                switch (finding.severity()) {
                    case ERROR -> "bold,red";
                    case WARNING -> "bold,yellow";
                    case INFO -> "bold";
                };
        out.line(Ansi.AUTO.string("@|" + colour + " " + severity + "|@ ") + finding.fault() + ": " + finding.problem()
                + ".");
        finding.details()
                .forEach(detail -> out.line("    " + detail.lines().findFirst().orElse("")));
        out.line("  " + finding.remedy() + finding.command().map(command -> ":").orElse("."));
        finding.command().ifPresent(command -> out.line("    " + command));
    }

    private static Map<String, Object> document(Finding finding) {
        return JsonDocument.of(
                "severity",
                finding.severity(),
                "fault",
                finding.fault().name(),
                "problem",
                finding.problem(),
                "details",
                finding.details(),
                "remedy",
                finding.remedy(),
                "command",
                finding.command());
    }

    private static int exitCode(Diagnosis diagnosis) {
        return diagnosis.worst().map(DoctorCommand::exitCode).orElse(0);
    }

    private static int exitCode(Severity worst) {
        return switch (worst) {
            case ERROR -> 1;
            case WARNING -> WARNINGS;
            case INFO -> 0;
        };
    }
}
