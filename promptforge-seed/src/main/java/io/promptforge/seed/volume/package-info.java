/**
 * Generated, lifelike traces in any number, determined by a seed. {@link io.promptforge.seed.volume.VolumeTraces} makes them,
 * {@link io.promptforge.seed.volume.VolumeData} fills a database with them.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.volume;
