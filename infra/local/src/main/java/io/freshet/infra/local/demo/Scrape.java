package io.freshet.infra.local.demo;

import java.util.List;
import java.util.Map;

/**
 * The samples of one Prometheus scrape.
 *
 * @param samples as the text names them, labels included
 */
public record Scrape(List<Sample> samples) {
    /** One line of the text. */
    public record Sample(String name, String labels, double value) {
        boolean has(Map<String, String> wanted) {
            return wanted.entrySet().stream()
                    .allMatch(label ->
                            labels.contains(label.getKey() + "=\"" + label.getValue() + "\""));
        }
    }

    public Scrape {
        samples = List.copyOf(samples);
    }

    /** Reads the text format; lines that are not samples are skipped. */
    public static Scrape of(String text) {
        return new Scrape(
                text.lines()
                        .filter(line -> !line.startsWith("#") && line.indexOf(' ') > 0)
                        .map(Scrape::sample)
                        .toList());
    }

    /** The sum over the samples of that name with those labels; 0 when there is none. */
    public double sum(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.has(labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static Sample sample(String line) {
        int space = line.lastIndexOf(' ');
        int brace = line.indexOf('{');
        String name = line.substring(0, brace < 0 ? space : brace);
        String labels = brace < 0 ? "" : line.substring(brace + 1, line.lastIndexOf('}'));
        return new Sample(name, labels, number(line.substring(space + 1)));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
