package io.freshet.engine.namespace;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@link Warming} as YAML and JSON have it. */
final class WarmingFields {

    private WarmingFields() {}

    static Warming read(@Nullable Fields in) {
        Warming otherwise = Warming.DEFAULT;
        if (in == null) {
            return otherwise;
        }
        long top = in.numberOr("top", otherwise.top());
        Cron cron = in.parsedIfAny("cron", Cron::new);
        int missRate = in.parsedOr("miss-rate-above", otherwise.missRateAbove(), Percent::parse);
        long after = in.numberOr("after-invalidation", otherwise.afterInvalidation());
        int holdOut = in.parsedOr("hold-out", otherwise.holdOut(), Percent::parse);
        var queries = in.textsByName("queries");
        in.refuseOthers();
        return in.checked(
                () -> new Warming(whole(top), cron, missRate, whole(after), holdOut, queries));
    }

    static ObjectNode document(Warming warming) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        to.put("top", warming.top());
        Cron cron = warming.cron();
        if (cron != null) {
            to.put("cron", cron.text());
        }
        to.put("miss_rate_above", Percent.format(warming.missRateAbove()));
        to.put("after_invalidation", warming.afterInvalidation());
        to.put("hold_out", Percent.format(warming.holdOut()));
        ObjectNode queries = to.putObject("queries");
        warming.queries().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(query -> queries.put(query.getKey(), query.getValue()));
        return to;
    }

    /** What is no int is out of bounds in any case. */
    private static int whole(long number) {
        return Math.clamp(number, -1, Integer.MAX_VALUE);
    }
}
