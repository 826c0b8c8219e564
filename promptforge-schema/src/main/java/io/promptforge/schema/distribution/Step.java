package io.promptforge.schema.distribution;

/**
 * One statement.
 *
 * @param name what it does, for the progress
 * @param table the table that it moves; empty text for other statements
 * @param sql without a semicolon at the end
 */
record Step(String name, String table, String sql) {

    static Step of(String name, String sql) {
        return new Step(name, "", sql);
    }
}
