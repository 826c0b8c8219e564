package io.promptforge.seed.testkit;

import io.promptforge.seed.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * A program that uses the test kit in its own JVM. It prints the name of each of its databases, then {@code ready}. Its
 * argument says what it does beside that: {@code once}, {@code use}, {@code keep} or {@code wait}.
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
            default -> print("used one database");
        }
        print("ready");
        if (arguments[0].equals("wait")) {
            new CountDownLatch(1).await();
        }
    }

    @SuppressWarnings("SystemOut") // read by the test
    private static void print(String line) throws IOException {
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
