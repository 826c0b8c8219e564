package io.promptforge.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows for the tests of the rules that scripts make beside the tables. The rows of a script are in the file of its name under
 * {@code sample-rows}, if it needs any: plain SQL that does not depend on what it tests. There, {@code #} is
 * the digit of the organization, and {@code id(7)} is the id of its row number 7.
 */
public final class SampleRows {

    private static final Pattern ID = Pattern.compile("\\bid\\((\\d+)\\)");

    private SampleRows() {}

    /** The statements that add the rows of a script's tables to the organization of this digit; none if there is no file. */
    static String of(int version, int organization) {
        String name = TestScripts.SHIPPED.get(version - 1) + ".sql";
        String sql = ID.matcher(read(name))
                .replaceAll(match -> id(organization, Integer.parseInt(match.group(1))))
                .replace("#", String.valueOf(organization));
        return "SET search_path TO promptforge; " + sql;
    }

    /** The statements for a whole organization. */
    public static String[] all(int organization) {
        return IntStream.rangeClosed(1, TestScripts.COUNT)
                .mapToObj(version -> of(version, organization))
                .toArray(String[]::new);
    }

    /** The id of a row as an SQL literal. */
    public static String id(int organization, int number) {
        return "'%d0000000-0000-7000-8000-0000000000%02d'".formatted(organization, number);
    }

    private static String read(String name) {
        try (@Nullable InputStream file = SampleRows.class.getResourceAsStream("/sample-rows/" + name)) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
