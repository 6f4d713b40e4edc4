package io.freshet.system;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meters of ours that a service tells Prometheus, by name. */
final class Scraped {

    private static final Pattern DESCRIPTION =
            Pattern.compile("^# (HELP|TYPE) ((?:freshet|cache)_\\w+) ?(.*)$");
    private static final Pattern SAMPLE =
            Pattern.compile("^((?:freshet|cache)_\\w+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PART = Pattern.compile("_(?:bucket|count|sum)$");

    private Scraped() {}

    /**
     * One of them.
     *
     * @param labels with the values that there are
     */
    record Meter(String name, String type, String help, Map<String, Set<String>> labels) {}

    static Map<String, Meter> of(String text) {
        Map<String, String> helps = new LinkedHashMap<>();
        Map<String, Meter> meters = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            Matcher described = DESCRIPTION.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (described.matches()) {
                String name = described.group(2);
                if (described.group(1).equals("HELP")) {
                    helps.put(name, described.group(3));
                } else {
                    meters.put(
                            name,
                            new Meter(
                                    name,
                                    described.group(3),
                                    helps.getOrDefault(name, ""),
                                    new TreeMap<>()));
                }
            } else if (sample.matches()) {
                note(meters, sample.group(1), sample.group(2) == null ? "" : sample.group(2));
            }
        }
        meters.keySet().removeIf(name -> isLargestOf(name, meters));
        return meters;
    }

    private static void note(Map<String, Meter> meters, String name, String labels) {
        Meter of = meters.getOrDefault(name, meters.get(PART.matcher(name).replaceFirst("")));
        if (of == null) {
            throw new IllegalStateException("a sample without a type: " + name);
        }
        Matcher label = LABEL.matcher(labels);
        while (label.find()) {
            if (!label.group(1).equals("le")) {
                of.labels()
                        .computeIfAbsent(label.group(1), _ -> new TreeSet<>())
                        .add(label.group(2));
            }
        }
    }

    /** Beside a histogram there is the largest value of the last minutes. */
    private static boolean isLargestOf(String name, Map<String, Meter> meters) {
        return name.endsWith("_max") && meters.containsKey(name.substring(0, name.length() - 4));
    }
}
