package io.promptforge.dao.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The passwords that are guessed first: common words, also with digits and signs around them or instead of letters; repetitions; rows of
 * the alphabet and of keyboards; and the user's own name and e-mail.
 */
final class GuessedPasswords {
    private static final Set<String> WORDS = words();

    private static final List<String> ROWS = Stream.of(
                    "01234567890123456789",
                    "abcdefghijklmnopqrstuvwxyz",
                    "qwertyuiopasdfghjklzxcvbnm",
                    "qwertzuiopasdfghjklyxcvbnm",
                    "azertyuiopqsdfghjklmwxcvbn")
            .flatMap(row -> Stream.of(row, new StringBuilder(row).reverse().toString()))
            .toList();

    private static final Pattern REPETITION = Pattern.compile("(.{1,4})\\1+");
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}@$]+|[^\\p{L}]+$");
    private static final String SIGNS = "0134578@$";
    private static final String LETTERS = "oleastbas";

    private GuessedPasswords() {}

    static boolean include(String password, String email, String fullName) {
        String lower = password.toLowerCase(Locale.ROOT);
        String word = word(lower);
        return WORDS.contains(lower)
                || WORDS.contains(word)
                || REPETITION.matcher(lower).matches()
                || ROWS.stream().anyMatch(row -> row.contains(lower))
                || own(email, fullName).anyMatch(own -> own.equals(lower) || own.equals(word));
    }

    /** Without digits and signs around it, and with letters for those inside. */
    private static String word(String lower) {
        StringBuilder word = new StringBuilder(AROUND.matcher(lower).replaceAll(""));
        for (int i = 0; i < word.length(); i++) {
            int sign = SIGNS.indexOf(word.charAt(i));
            if (sign >= 0) {
                word.setCharAt(i, LETTERS.charAt(sign));
            }
        }
        return word.toString();
    }

    private static Stream<String> own(String email, String fullName) {
        String name = fullName.toLowerCase(Locale.ROOT);
        String address = email.toLowerCase(Locale.ROOT);
        String user = address.substring(0, Math.max(address.indexOf('@'), 0));
        return Stream.concat(
                Stream.of(address, user, word(user), name, name.replace(" ", "")), Stream.of(name.split("\\s+")));
    }

    private static Set<String> words() {
        try (InputStream list = Objects.requireNonNull(
                        GuessedPasswords.class.getResourceAsStream("/META-INF/promptforge/guessed-passwords.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, UTF_8))) {
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
