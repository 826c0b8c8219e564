package io.promptforge.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.Version;
import org.jdbi.v3.core.Jdbi;
import org.jooq.Constants;
import org.postgresql.util.DriverInfo;

/** The machine, the JDK and the libraries of a measurement. */
final class MachineFacts {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private MachineFacts() {}

    static Map<String, String> description() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put(
                "Machine",
                Runtime.getRuntime().availableProcessors() + " cores (" + processor() + "), "
                        + system.getTotalMemorySize() / GIB + " GiB, " + system.getName() + " " + system.getVersion());
        facts.put("JDK", Runtime.version() + ", heap " + Runtime.getRuntime().maxMemory() / MIB + " MiB");
        facts.put(
                "Libraries",
                "pgjdbc " + DriverInfo.DRIVER_VERSION + ", Hibernate ORM " + Version.getVersionString()
                        + ", JDBI " + Jdbi.class.getPackage().getImplementationVersion() + "; PromptForge with jOOQ "
                        + Constants.FULL_VERSION);
        return facts;
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
