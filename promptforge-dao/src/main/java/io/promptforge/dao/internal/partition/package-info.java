/** Not API: the monthly partitions of spans. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.internal.partition;
