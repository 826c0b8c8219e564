package io.promptforge.seed.junit;

/** Which tests share a database. */
public enum Isolation {
    /**
     * Each test method has its own database, and so has each invocation of a repeated or parameterized test. The dynamic tests of
     * a test factory share one.
     */
    PER_METHOD,

    /**
     * The tests of a class and its nested classes share one. {@code @BeforeAll} methods can have it too. Each invocation of a
     * parameterized class has its own.
     */
    PER_CLASS,

    /** All tests of the JVM with this isolation and the same templates share one, in which transactions are read-only. */
    SHARED_READ_ONLY
}
