package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.promptforge.schema.jooq.Promptforge;
import io.promptforge.schema.type.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The constants of an enum are the words that the CHECK of its column lists. */
class ClosedSetsTest {

    private static final Pattern WORD = Pattern.compile("'([^']*)'");

    private final PGSimpleDataSource database = TestServer.migratedDatabase();

    @Test
    void anEnumHasTheWordsThatTheCheckOfItsColumnLists() {
        assertThat(wordsOfEnums()).isNotEmpty().isEqualTo(wordsOfChecks());
    }

    @Test
    void aWordThatOnlyTheCheckListsIsDetected() {
        Sql.run(
                database,
                "ALTER TABLE promptforge.users DROP CONSTRAINT users_role_values",
                "ALTER TABLE promptforge.users ADD CONSTRAINT users_role_values"
                        + " CHECK (role IN ('admin', 'developer', 'viewer', 'guest'))");

        assertThat(wordsOfChecks()).containsEntry("users_role_values", Set.of("admin", "developer", "viewer", "guest"));
        assertThat(wordsOfEnums()).isNotEqualTo(wordsOfChecks());
    }

    @Test
    void everyEnumIsTheTypeOfAColumn() {
        Set<String> enums = new ClassFileImporter()
                .importPackagesOf(Role.class).stream()
                        .filter(JavaClass::isEnum)
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());

        assertThat(enumFields().stream().map(field -> field.getType().getName()).collect(Collectors.toSet()))
                .isEqualTo(enums);
    }

    private static Map<String, Set<String>> wordsOfEnums() {
        Map<String, Set<String>> words = new TreeMap<>();
        for (Field<?> field : enumFields()) {
            words.put(
                    constraintOf(field),
                    Arrays.stream(field.getType().getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return words;
    }

    private Map<String, Set<String>> wordsOfChecks() {
        Map<String, Set<String>> words = new TreeMap<>();
        for (String check : Sql.column(
                database,
                "SELECT c.conname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class t ON t.oid ="
                        + " c.conrelid WHERE NOT t.relispartition AND c.connamespace = 'promptforge'::regnamespace"
                        + " AND c.conname LIKE '%\\_values'")) {
            words.put(
                    check.substring(0, check.indexOf(' ')),
                    WORD.matcher(check)
                            .results()
                            .map((MatchResult match) -> match.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return words;
    }

    private static List<? extends Field<?>> enumFields() {
        return Promptforge.PROMPTFORGE.getTables().stream()
                .flatMap(table -> Arrays.stream(table.fields()))
                .filter(field -> field.getType().isEnum())
                .toList();
    }

    /** {@code <table>_<column>_values}. */
    private static String constraintOf(Field<?> field) {
        String[] name = field.getQualifiedName().getName();
        return name[name.length - 2] + "_" + name[name.length - 1] + "_values";
    }
}
