package io.freshet.infra.servers.process;

import java.util.Locale;

/** An operating system and processor that there are server binaries for. */
public enum Platform {
    LINUX_AMD64,
    LINUX_ARM64,
    MACOS_AMD64,
    MACOS_ARM64;

    /**
     * The one that this JVM runs on.
     *
     * @throws UnsupportedOperationException if there are no binaries for it
     */
    public static Platform current() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        boolean mac = system.contains("mac");
        if (!mac && !system.contains("linux")) {
            throw new UnsupportedOperationException("No server binaries for " + system);
        }
        return switch (processor) {
            case "amd64", "x86_64" -> mac ? MACOS_AMD64 : LINUX_AMD64;
            case "aarch64" -> mac ? MACOS_ARM64 : LINUX_ARM64;
            default ->
                    throw new UnsupportedOperationException(
                            "No server binaries for " + system + " on " + processor);
        };
    }
}
