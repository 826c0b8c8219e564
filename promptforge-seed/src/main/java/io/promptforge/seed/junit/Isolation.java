package io.promptforge.seed.junit;

/** Which tests share a database. */
public enum Isolation {
    /** None: each test method has its own, and so has each invocation of a repeated or parameterized one. */
    PER_METHOD,

    /** Those of a class and of the classes nested in it. Its constructor and its methods before all may ask for it too. */
    PER_CLASS,

    /** All tests of this JVM that say so and name the same templates. The database refuses to be written to. */
    SHARED_READ_ONLY
}
