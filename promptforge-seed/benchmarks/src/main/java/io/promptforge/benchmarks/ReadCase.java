package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.CaseFamily.Cases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Several ways to read the same records. The first way is the baseline.
 *
 * @param name the name of the case
 * @param keys what is read, one after the other
 * @param times how often all of them are read in a round
 * @param ways the ways, by name
 * @param <K> what identifies a record to be read
 */
record ReadCase<K>(String name, List<K> keys, int times, Map<String, Way<K>> ways) {
    /** The name of the way that is written by hand with JDBC. */
    static final String JDBC = "JDBC";

    /** The greatest time per call that PromptForge promises, as a multiple of JDBC's. */
    private static final double LIMIT = 1.25;

    ReadCase(String name, List<K> keys, int times) {
        this(name, keys, times, new LinkedHashMap<>());
    }

    /** Adds a way. */
    ReadCase<K> by(String way, Way<K> reading) {
        ways.put(way, reading);
        return this;
    }

    Case asCase() {
        List<Contender> contenders = new ArrayList<>();
        ways.forEach((way, reading) -> contenders.add(new Contender(way, () -> () -> readAll(reading))));
        return Case.of(name, Measure.TIME, contenders, this::requireEqualResults)
                .promising(JDBC, LIMIT);
    }

    private long readAll(Way<K> way) throws Exception {
        for (int i = 0; i < times; i++) {
            for (K key : keys) {
                way.read(key);
            }
        }
        return (long) times * keys.size();
    }

    private void requireEqualResults() throws Exception {
        for (K key : keys) {
            List<Object> results = new ArrayList<>();
            for (Map.Entry<String, Way<K>> way : ways.entrySet()) {
                Object result = way.getValue().read(key);
                results.add(result);
                if (!result.equals(results.get(0))) {
                    throw new IllegalStateException(
                            way.getKey() + " reads\n" + result + "\nwhere the baseline reads\n" + results.get(0));
                }
            }
        }
    }

    /** One way to read. */
    interface Way<K> {
        Object read(K key) throws Exception;
    }

    /** A family whose cases only read. */
    interface ReadCases extends Cases {
        Stream<ReadCase<?>> reads();

        @Override
        default Stream<Case> cases() {
            return reads().map(ReadCase::asCase);
        }
    }
}
