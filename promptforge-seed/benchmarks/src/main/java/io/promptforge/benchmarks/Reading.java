package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Contender;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A case that reads the same things in several ways, which must all come to the same.
 *
 * @param things what is read, one after the other
 * @param times how often in a round
 * @param ways how it is read; the first is the baseline
 * @param <K> what says which thing is meant
 */
record Reading<K>(List<K> things, int times, Map<String, Way<K>> ways) {
    Reading(List<K> things, int times) {
        this(things, times, new LinkedHashMap<>());
    }

    /** Adds a way. */
    Reading<K> by(String name, Way<K> way) {
        ways.put(name, way);
        return this;
    }

    /** The case, once it is sure that all ways come to the same. */
    Case named(String name) {
        for (K thing : things) {
            requireSame(thing);
        }
        List<Contender> contenders = new ArrayList<>();
        ways.forEach((way, reading) -> contenders.add(new Contender(way, () -> () -> all(reading))));
        return Case.reading(name, contenders);
    }

    private long all(Way<K> way) throws Exception {
        for (int i = 0; i < times; i++) {
            for (K thing : things) {
                way.read(thing);
            }
        }
        return (long) times * things.size();
    }

    private void requireSame(K thing) {
        List<Object> read = new ArrayList<>();
        ways.forEach((name, way) -> {
            try {
                read.add(way.read(thing));
            } catch (Exception e) {
                throw new IllegalStateException(name + " fails: " + e.getMessage(), e);
            }
            if (!read.get(0).equals(read.get(read.size() - 1))) {
                throw new IllegalStateException(
                        name + " reads something else:\n" + read.get(read.size() - 1) + "\nand not\n" + read.get(0));
            }
        });
    }

    /** One way to read. */
    interface Way<K> {
        Object read(K thing) throws Exception;
    }
}
