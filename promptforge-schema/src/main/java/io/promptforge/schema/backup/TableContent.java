package io.promptforge.schema.backup;

/**
 * The number of rows of a table, and a checksum that does not depend on their order.
 *
 * @param checksum the sum of the first eight bytes of the SHA-256 of each row
 */
record TableContent(long rows, long checksum) {
    static final TableContent NONE = new TableContent(0, 0);

    TableContent plus(TableContent other) {
        return new TableContent(rows + other.rows, checksum + other.checksum);
    }
}
