package io.promptforge.dao.prompt;

/** Who speaks in a message. */
public enum MessageRole {
    /** The instructions of the application. */
    SYSTEM,
    /** What newer models call the instructions of the application. */
    DEVELOPER,
    /** The person who asks. */
    USER,
    /** The model. */
    ASSISTANT,
    /** A tool that the model has called. */
    TOOL
}
