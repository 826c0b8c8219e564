@org.jspecify.annotations.NullMarked
package io.quarkus.test.junit;
