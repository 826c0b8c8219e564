package io.promptforge.dao.model;

/** Why a name means a model, see {@link ModelRepository#resolve}; the best reason first. */
public enum NameMatch {
    /** The name is the provider's model id. */
    NAME,
    /** The name is an alias. */
    ALIAS,
    /** The name is another spelling of the provider's model id or of an alias. */
    SPELLING,
    /** The name matches an alias with {@code *}. */
    PATTERN,
    /** The name is that of a model that was fine-tuned from this one. */
    FINE_TUNED
}
