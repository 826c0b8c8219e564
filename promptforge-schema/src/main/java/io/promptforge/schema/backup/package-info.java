/**
 * Backups of the whole schema or of one organization, in archives that any version of the server can read again.
 *
 * <p>An archive is a file of frames: a type, the length and the content, and a CRC-32C of these. The first frame describes the database
 * ({@link io.promptforge.schema.backup.ArchiveDescription}); then for each table, in an order in which their foreign keys can be checked, its name and
 * columns, blocks of rows as COPY writes them, each block compressed by itself, and at its end the number of rows and their checksum.
 * The last frame has the SHA-256 of all before it. So a byte that is missing, added or changed anywhere is noticed.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.schema.backup;
