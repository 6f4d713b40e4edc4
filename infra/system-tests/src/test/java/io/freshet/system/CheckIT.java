package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.check.CheckPlan;
import io.freshet.infra.check.Checker;
import io.freshet.infra.check.Planted;
import io.freshet.infra.check.fault.Faults;
import io.freshet.infra.check.report.Report;
import io.freshet.infra.check.report.ReportText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** X1, X2, X3, X8: the history checker on real processes, with every service killed in turn. */
@Order(Integer.MAX_VALUE)
class CheckIT {

    private static final Logger log = LoggerFactory.getLogger(CheckIT.class);
    private static final Duration SHORT = Duration.ofSeconds(10);

    /** What was found once stays found when failed tests are run again. */
    private static @Nullable String violation;

    private final LocalSystem system = LocalSystem.shared();

    @Test
    void shouldLoseNoInvalidationWhenServicesAreKilled() throws Exception {
        List<String> kills =
                List.of(
                        "kill-api-service",
                        "kill-cdc-connector",
                        "kill-invalidation-stream",
                        "kill-warmer-worker");

        assertThat(violation).as("found before").isNull();
        Report report = check(kills, Planted.NOTHING);

        if (!report.isGood()) {
            violation = String.join("\n", ReportText.of(report));
        }
        assertThat(violation).isNull();
        assertThat(report.events()).extracting(Report.Event::fault).containsAll(kills);
    }

    /** The checker itself: an invalidation that is lost must not escape it. */
    @Test
    void shouldFindWhatBecomesOfLostInvalidations() throws Exception {
        Report report = check(List.of(), Planted.parse("drop=50"));

        assertThat(report.isGood()).as(String.join("\n", ReportText.of(report))).isFalse();
    }

    private Report check(List<String> faults, Planted planted) throws Exception {
        long seed = System.nanoTime();
        log.atWarn().addKeyValue("seed", seed).log("check");
        var plan = new CheckPlan(SHORT, Faults.named(faults), planted, seed);
        return new Checker(system.instance(), plan, _ -> {}).run();
    }
}
