package io.freshet.warmer;

import io.freshet.contracts.event.ConsistencyReport.Score;
import io.freshet.engine.namespace.DurationText;
import io.freshet.warmer.verify.Consistency;
import io.freshet.warmer.verify.Violation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * What the verifier found in the last hour: {@code GET /actuator/consistency} of the management
 * port.
 */
@Endpoint(id = "consistency")
final class ConsistencyEndpoint {

    private final Consistency consistency;

    ConsistencyEndpoint(Consistency consistency) {
        this.consistency = consistency;
    }

    /**
     * How often answers were right.
     *
     * @param nines null when nothing was checked
     */
    record Line(String namespace, String after, long judged, long wrong, @Nullable Double nines) {}

    /** All of it, the latest violation first. */
    @ReadOperation
    Map<String, Object> consistency() {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("consistency", consistency.lines().stream().map(this::line).toList());
        answer.put(
                "violations",
                consistency.violations().reversed().stream()
                        .map(ConsistencyEndpoint::told)
                        .toList());
        return answer;
    }

    private Line line(Consistency.Line line) {
        Score score = consistency.score(line);
        return new Line(
                line.namespace().value(),
                DurationText.format(line.after()),
                score.judged(),
                score.wrong(),
                score.judged() == 0 ? null : score.nines());
    }

    private static Map<String, Object> told(Violation violation) {
        var told = new LinkedHashMap<String, Object>();
        told.put("at", violation.at().toString());
        told.put("namespace", violation.spot().namespace().value());
        told.put("key", violation.spot().key().value());
        told.put("node", violation.node().toString());
        told.put("origin", violation.origin().name().toLowerCase(Locale.ROOT));
        told.put("after", DurationText.format(violation.after()));
        told.put("cause", violation.cause().label());
        return told;
    }
}
