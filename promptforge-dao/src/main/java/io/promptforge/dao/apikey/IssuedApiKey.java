package io.promptforge.dao.apikey;

/**
 * A key with its text, which cannot be read again.
 *
 * @param key the key
 * @param text what the service sends: {@code pf_} and 92 letters and digits, the last six of which are check digits, so that scanners
 *     find it in code and logs by {@code pf_[0-9A-Za-z]{92}}
 */
public record IssuedApiKey(ApiKey key, String text) {
    /** Without the text. */
    @Override
    public String toString() {
        return "IssuedApiKey[" + key.id() + "]";
    }
}
