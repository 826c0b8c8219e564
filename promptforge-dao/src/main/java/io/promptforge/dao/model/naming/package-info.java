/** Finds the registered model that a reported name means. Internal: shared by models, telemetry and the recording of traces. */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.model.naming;
