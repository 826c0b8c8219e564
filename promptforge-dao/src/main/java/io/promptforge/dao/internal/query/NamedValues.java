package io.promptforge.dao.internal.query;

import org.jspecify.annotations.Nullable;

/** Values that are found by the names of their fields in the database. */
public interface NamedValues {
    /** The value of a field; null if it has none, or if there is no such field. */
    @Nullable Object value(String field);
}
