/** Records traces in the background, through a bounded buffer. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.trace.recorder;
