package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MigrationsLogTest {

    @Test
    void oneLineAtInfoForEachChangeAndDebugOtherwise() {
        String latest = TestScripts.latest();
        Migrations migrations = Migrations.of(TestServer.emptyDatabase()).schema("logged");

        migrations.status();
        migrations.apply();
        migrations.apply();
        migrations.rollback(2);

        assertThat(RecordedLog.linesWith(" logged "))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("INFO Migrated schema logged from nothing to version " + latest + ": "
                                        + TestScripts.COUNT + " scripts in "),
                        line -> assertThat(line).isEqualTo("DEBUG Schema logged is up to date at version " + latest),
                        line -> assertThat(line)
                                .startsWith("INFO Rolled schema logged back from version " + latest + " to version "
                                        + TestScripts.latestBut(2) + ": 2 scripts in "));
    }
}
