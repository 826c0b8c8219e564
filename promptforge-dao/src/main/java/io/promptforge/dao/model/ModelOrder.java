package io.promptforge.dao.model;

/** How a list of models is sorted. */
public enum ModelOrder {
    /** By name. */
    BY_NAME,
    /** By provider, the oldest first, then by the provider's model id. */
    BY_PROVIDER
}
