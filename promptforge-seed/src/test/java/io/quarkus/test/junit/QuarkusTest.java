package io.quarkus.test.junit;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Has the name of Quarkus's annotation, which is not on the class path. */
@Retention(RetentionPolicy.RUNTIME)
public @interface QuarkusTest {}
