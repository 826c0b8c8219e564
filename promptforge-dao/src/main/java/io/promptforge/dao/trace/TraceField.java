package io.promptforge.dao.trace;

/** A field of traces whose values are few enough to choose from. */
public enum TraceField {
    /** The environment, such as {@code production}. */
    ENVIRONMENT,
    /** The provider as reported. */
    PROVIDER_NAME,
    /** The model as reported. */
    MODEL_NAME,
    /** The class of the error. */
    ERROR_TYPE,
    /** A tag. */
    TAG,
    /** The name of a member of the metadata. */
    METADATA_KEY
}
