package io.freshet.contracts.id;

import java.util.Arrays;

/**
 * A compiled glob: {@code *} any run, {@code ?} any one character, {@code [a-z]} and {@code [^a-z]}
 * one of a set, {@code \} takes the next character literally. The dialect is that of Redis.
 *
 * <p>Matching keeps one place to return to (the last star), so it is O(pattern × text) at worst and
 * linear in practice; it never recurses.
 */
final class Glob {

    private sealed interface Step {
        boolean accepts(int codePoint);
    }

    private record Literal(int codePoint) implements Step {
        @Override
        public boolean accepts(int c) {
            return c == codePoint;
        }
    }

    private record One() implements Step {
        @Override
        public boolean accepts(int c) {
            return true;
        }
    }

    private record Run() implements Step {
        @Override
        public boolean accepts(int c) {
            return true;
        }
    }

    /** Ranges as pairs (low, high) in one array. */
    @SuppressWarnings("ArrayRecordComponent") // private, never compared
    private record OneOf(int[] ranges, boolean negated) implements Step {
        @Override
        public boolean accepts(int c) {
            boolean in = false;
            for (int i = 0; i < ranges.length; i += 2) {
                in |= ranges[i] <= c && c <= ranges[i + 1];
            }
            return in != negated;
        }
    }

    private final Step[] steps;
    private final String literalPrefix;

    Glob(String pattern) {
        int[] p = pattern.codePoints().toArray();
        Step[] compiled = new Step[p.length];
        int n = 0;
        for (int i = 0; i < p.length; i++) {
            switch (p[i]) {
                case '*' -> {
                    if (n == 0 || !(compiled[n - 1] instanceof Run)) {
                        compiled[n++] = new Run();
                    }
                }
                case '?' -> compiled[n++] = new One();
                case '\\' -> {
                    if (++i == p.length) {
                        throw new IllegalIdentifierException(
                                "pattern", "a pattern must not end with a single '\\'");
                    }
                    compiled[n++] = new Literal(p[i]);
                }
                case '[' -> {
                    int end = endOfSet(p, i);
                    compiled[n++] = set(p, i + 1, end);
                    i = end;
                }
                default -> compiled[n++] = new Literal(p[i]);
            }
        }
        steps = Arrays.copyOf(compiled, n);
        literalPrefix = prefixOf(steps);
    }

    /** What every matching text begins with; empty when nothing is certain. */
    String literalPrefix() {
        return literalPrefix;
    }

    boolean matches(String text) {
        if (!text.startsWith(literalPrefix)) {
            return false;
        }
        int at = 0;
        int step = 0;
        int starStep = -1;
        int starAt = 0;
        while (at < text.length()) {
            if (step < steps.length && steps[step] instanceof Run) {
                starStep = step++;
                starAt = at;
                continue;
            }
            int c = text.codePointAt(at);
            if (step < steps.length && steps[step].accepts(c)) {
                step++;
                at += Character.charCount(c);
            } else if (starStep >= 0) {
                starAt += Character.charCount(text.codePointAt(starAt));
                at = starAt;
                step = starStep + 1;
            } else {
                return false;
            }
        }
        while (step < steps.length && steps[step] instanceof Run) {
            step++;
        }
        return step == steps.length;
    }

    private static int endOfSet(int[] p, int open) {
        for (int i = open + 1; i < p.length; i++) {
            if (p[i] == '\\') {
                i++;
            } else if (p[i] == ']') {
                return i;
            }
        }
        throw new IllegalIdentifierException(
                "pattern", "a pattern has a '[' without its ']'; write '\\[' for the character");
    }

    private static OneOf set(int[] p, int from, int end) {
        boolean negated = from < end && p[from] == '^';
        int[] ranges = new int[2 * (end - from)];
        int n = 0;
        for (int i = negated ? from + 1 : from; i < end; i++) {
            int low = p[i] == '\\' && i + 1 < end ? p[++i] : p[i];
            int high = low;
            if (i + 2 < end && p[i + 1] == '-') {
                i += 2;
                high = p[i] == '\\' && i + 1 < end ? p[++i] : p[i];
            }
            ranges[n++] = Math.min(low, high);
            ranges[n++] = Math.max(low, high);
        }
        return new OneOf(Arrays.copyOf(ranges, n), negated);
    }

    private static String prefixOf(Step[] steps) {
        var prefix = new StringBuilder();
        for (Step step : steps) {
            if (!(step instanceof Literal(int codePoint))) {
                break;
            }
            prefix.appendCodePoint(codePoint);
        }
        return prefix.toString();
    }
}
