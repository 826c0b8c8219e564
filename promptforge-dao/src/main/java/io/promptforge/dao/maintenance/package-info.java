/** What has to be done from time to time: partitions made ahead, traces removed that are kept no longer. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.maintenance;
