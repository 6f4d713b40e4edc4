package io.freshet.infra.bench.load;

import java.io.PrintStream;

/**
 * A figure of the requirement documents and what was measured for it.
 *
 * @param id of the requirement
 * @param beside what stands next to it, of the same run; may be empty
 */
public record Target(
        String id, String what, String measured, String aim, boolean isMet, String beside) {

    public static void head(PrintStream out) {
        out.printf(
                "%-6s%-44s %16s  %-16s %-7s %s%n", "", "", "measured", "target", "", "beside it");
    }

    public void print(PrintStream out) {
        out.printf(
                "%-6s%-44s %16s  %-16s %-7s %s%n",
                id, what, measured, aim, isMet ? "met" : "missed", beside);
    }

    /** A latency's 99th percentile. */
    public static Target latency(String id, String what, Load.Seen seen, double aim) {
        return new Target(
                id,
                what,
                "%.2f ms p99".formatted(seen.millis(99)),
                "< %.0f ms".formatted(aim),
                seen.millis(99) < aim && seen.refused() == 0,
                "p50 %.2f ms%s".formatted(seen.millis(50), failures(seen)));
    }

    /** A throughput, beside that of Redis alone. */
    public static Target rate(
            String id, String what, double perSecond, double aim, Load.Seen redis) {
        return new Target(
                id,
                what,
                "%,.0f /s".formatted(perSecond),
                "> %,.0f /s".formatted(aim),
                perSecond > aim,
                "%.2f of Redis alone, %,.0f /s"
                        .formatted(perSecond / redis.perSecond(), redis.perSecond()));
    }

    public static String failures(Load.Seen seen) {
        return seen.refused() + seen.lost() == 0
                ? ""
                : ", %,d refused, %,d connections lost".formatted(seen.refused(), seen.lost());
    }
}
