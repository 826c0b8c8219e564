package io.promptforge.dao;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Random;

/**
 * Arguments of which one value is hostile: an argument, or something inside of one. Which, and which fields of an input are set,
 * follows from the seed.
 */
final class HostileArguments extends Arguments {
    private final long seed;
    private final HostileValues hostile;
    private Random fields = new Random();
    private int values;
    private int place = -1;

    private HostileArguments(Belongings has, EveryCall call, long seed, HostileValues hostile) {
        super(has, call);
        this.seed = seed;
        this.hostile = hostile;
    }

    static Object[] of(EveryCall call, Belongings has, long seed, HostileValues hostile) {
        HostileArguments arguments = new HostileArguments(has, call, seed, hostile);
        arguments.make();
        arguments.place = new Random(seed).nextInt(Math.max(1, arguments.values));
        return arguments.make();
    }

    private Object[] make() {
        fields = new Random(seed);
        values = 0;
        return all();
    }

    @Override
    Object given(Type type, String name) {
        return values++ == place ? hostile.of(type).orElseGet(() -> super.given(type, name)) : super.given(type, name);
    }

    @Override
    Object of(Type type, String name) {
        return values++ == place ? hostile.of(type).orElseGet(() -> super.of(type, name)) : super.of(type, name);
    }

    @Override
    Object input(Class<?> type) {
        Object input = super.input(type);
        for (Method setter : setters(type)) {
            if (fields.nextInt(4) == 0) {
                input = set(setter, input);
            }
        }
        return input;
    }
}
