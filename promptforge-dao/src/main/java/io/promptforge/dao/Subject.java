package io.promptforge.dao;

import java.util.Locale;

/** What the first argument of a call names, and so the project that the call is about. */
enum Subject {
    /** Something of the whole organization. */
    ORGANIZATION,
    /** What all projects use, so that one who may read in any of them may read it. */
    SHARED,
    PROJECT,
    PROMPT,
    PROMPT_VERSION,
    EVALUATION,
    EVALUATION_RESULT,
    POLICY,
    VIOLATION,
    TRACE;

    /** The field of an input that names one. */
    String field() {
        return name().toLowerCase(Locale.ROOT) + "_id";
    }
}
