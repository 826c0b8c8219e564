package io.promptforge.seed.junit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** A finished run of sample test classes. */
record TestRun(EngineExecutionResults results) {
    static TestRun of(Class<?>... classes) {
        return with(Map.of(), classes);
    }

    static TestRun with(Map<String, String> parameters, Class<?>... classes) {
        return new TestRun(EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(Arrays.stream(classes)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(ClassSelector[]::new))
                .execute());
    }

    /** What was thrown by tests and classes. */
    List<Throwable> failures() {
        return results.allEvents()
                .filter(event -> event.getType() == EventType.FINISHED)
                .map(Event::getPayload)
                .flatMap(payload -> payload.stream())
                .map(TestExecutionResult.class::cast)
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    /** How many tests succeeded. */
    long succeeded() {
        return results.testEvents().succeeded().count();
    }
}
