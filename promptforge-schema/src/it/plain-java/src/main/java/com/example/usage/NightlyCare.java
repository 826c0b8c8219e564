package com.example.usage;

import io.promptforge.schema.Migrations;
import io.promptforge.schema.backup.Backup;
import io.promptforge.schema.backup.Restore;
import io.promptforge.schema.doctor.Diagnosis;
import io.promptforge.schema.doctor.Doctor;
import io.promptforge.schema.doctor.Finding;
import io.promptforge.schema.doctor.Finding.Severity;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;

/** What a scheduler runs each night, by the calls that are behind the command line. */
public final class NightlyCare {
    private final DataSource dataSource;

    public NightlyCare(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What an operator should be told, with the command that mends it. */
    public List<String> alarms() {
        Diagnosis diagnosis = Doctor.of(dataSource).examine();
        return diagnosis.findings().stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .map(NightlyCare::alarm)
                .toList();
    }

    private static String alarm(Finding finding) {
        return finding.fault() + ": " + finding.problem() + " " + finding.command().orElse(finding.remedy());
    }

    /** Writes an archive; returns the number of its rows. */
    public long backUp(Path archive) {
        return Backup.of(dataSource).write(archive).rows();
    }

    /** Makes an archive the content of a database that has no rows yet; returns the number of its rows. */
    public long restore(Path archive) {
        long rows = Restore.of(dataSource).read(archive).rows();
        Migrations.of(dataSource).validate();
        return rows;
    }
}
