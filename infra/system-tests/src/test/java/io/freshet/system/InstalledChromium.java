package io.freshet.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, without a window. None is ever downloaded. */
final class InstalledChromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /** It would look for news of itself elsewhere. */
    private static final List<String> QUIET =
            List.of(
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-quic",
                    "--no-first-run");

    private final Playwright playwright;
    private final Browser browser;

    private InstalledChromium(Path program) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(program)
                                        .setArgs(QUIET));
    }

    /** Starts it; the tests that ask are skipped, loudly, where there is none. */
    static InstalledChromium start() {
        Optional<Path> program =
                Stream.of(System.getenv("PATH").split(":", -1))
                        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (program.isEmpty()) {
            System.err.printf(
                    "%n*** SKIPPED: there is no Chromium on the PATH, so the console is not tried"
                            + " in a browser. Install the package chromium.%n%n");
        }
        assumeTrue(program.isPresent(), "no Chromium is installed");
        return new InstalledChromium(program.orElseThrow());
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
