/** The demo organization: what a newcomer looks at first. {@link io.promptforge.seed.demo.DemoData} loads it. */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.demo;
