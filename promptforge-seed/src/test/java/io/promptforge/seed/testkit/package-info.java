@org.jspecify.annotations.NullMarked
package io.promptforge.seed.testkit;
