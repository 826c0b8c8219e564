/** The daily work on the tables: creating partitions ahead, deleting expired traces. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.maintenance;
