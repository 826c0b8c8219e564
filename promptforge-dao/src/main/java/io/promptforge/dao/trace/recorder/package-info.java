/** A bounded buffer for services that record one trace at a time. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.trace.recorder;
