/**
 * Any number of lifelike traces, the same for the same seed: {@link io.promptforge.seed.volume.VolumeTraces} makes them,
 * {@link io.promptforge.seed.volume.VolumeData} fills a database with them.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.volume;
