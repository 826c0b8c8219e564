package io.promptforge.dao.user;

import java.util.Optional;

/**
 * The hash of a password as it is stored: the name of its pepper and a colon, if it has one, and what bcrypt computed.
 *
 * @param pepper the name of the pepper
 * @param bcrypt the hash in the form of jbcrypt
 */
record StoredHash(Optional<String> pepper, String bcrypt) {
    /** Other programs write $2b$ or $2y$ for the same algorithm; jbcrypt knows only $2a$. */
    static StoredHash parse(String hash) {
        int colon = hash.indexOf(':');
        String bcrypt = hash.substring(colon + 1);
        return new StoredHash(
                colon < 0 ? Optional.empty() : Optional.of(hash.substring(0, colon)), "$2a$" + bcrypt.substring(4));
    }

    /** A well-formed hash that no password has. */
    static String ofNone(int cost) {
        return "$2a$%02d$%s".formatted(cost, ".".repeat(53));
    }

    /** The logarithm to base 2 of bcrypt's rounds. */
    static int costOf(String hash) {
        return Integer.parseInt(parse(hash).bcrypt().substring(4, 6));
    }

    /** As it is stored. */
    @Override
    public String toString() {
        return pepper.map(name -> name + ":").orElse("") + bcrypt;
    }
}
