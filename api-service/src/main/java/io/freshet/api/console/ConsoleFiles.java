package io.freshet.api.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.webjars.WebJarVersionLocator;

/**
 * The files of the page by their names: ours, and those of the library that draws its charts, which
 * comes as a WebJar. Each is read once. Thread-safe; the first reading of a file blocks.
 */
final class ConsoleFiles {

    private static final String OURS = "/console/";
    private static final String CHARTS = "chart.js";

    /** Nothing that could climb out of its directory. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z-]*\\.(html|css|js|svg)");

    private static final Map<String, String> OF_CHARTS =
            Map.of("charts/chart.js", "dist/chart.umd.min.js");

    private final Map<String, ConsoleFile> read = new ConcurrentHashMap<>();
    private final WebJarVersionLocator libraries = new WebJarVersionLocator();

    /** Finds a file by its path below that of the page. */
    Optional<ConsoleFile> find(String name) {
        return Optional.ofNullable(read.computeIfAbsent(name, this::load));
    }

    private @Nullable ConsoleFile load(String name) {
        String resource = resource(name);
        if (resource == null) {
            return null;
        }
        try (var in = ConsoleFiles.class.getResourceAsStream(resource)) {
            return in == null ? null : ConsoleFile.of(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String resource(String name) {
        String ofCharts = OF_CHARTS.get(name);
        if (ofCharts != null) {
            return "/" + libraries.fullPath(CHARTS, ofCharts);
        }
        return NAME.matcher(name).matches() ? OURS + name : null;
    }
}
