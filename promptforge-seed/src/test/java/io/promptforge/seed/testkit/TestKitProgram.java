package io.promptforge.seed.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * A program that uses the kit as a build's JVM does. It prints the name of each of its databases, then {@code ready},
 * and ends in the way that its argument names. Configured by the kit's system properties.
 */
final class TestKitProgram {
    private TestKitProgram() {}

    public static void main(String[] arguments) throws Exception {
        TestDatabase database = TestDatabase.create();
        print(database.name());
        print(Sql.value(database.dataSource(), "SELECT count(*) FROM promptforge.organizations"));
        switch (arguments[0]) {
            case "keep" -> print(database.keep().replace('\n', ' '));
            case "use" -> {
                for (int i = 0; i < 10; i++) {
                    print(TestDatabase.create().name());
                }
            }
            default -> print("nothing else");
        }
        print("ready");
        if (arguments[0].equals("wait")) {
            new CountDownLatch(1).await();
        }
    }

    @SuppressWarnings("SystemOut") // the only way to tell the test
    private static void print(String line) throws IOException {
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
