@org.jspecify.annotations.NullMarked
package io.promptforge.cli;
