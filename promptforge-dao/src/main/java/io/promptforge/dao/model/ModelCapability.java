package io.promptforge.dao.model;

/** What a model can do besides answering in text. */
public enum ModelCapability {
    /** Answers piece by piece. */
    STREAMING,
    /** Calls tools. */
    FUNCTION_CALLING,
    /** Reads images. */
    VISION
}
