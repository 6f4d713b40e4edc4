package io.freshet.infra.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Judge;
import io.freshet.infra.check.history.Read;
import io.freshet.infra.check.history.Register;
import io.freshet.infra.check.history.State;
import io.freshet.infra.check.history.Write;
import io.freshet.infra.check.load.Audit.Stale;
import io.freshet.infra.check.load.Ground.Shown;
import io.freshet.infra.check.load.Tally;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final Duration WINDOW = Duration.ofMillis(100);
    private static final Register ROW = new Register("row");

    private final History history = new History();

    @Test
    void shouldBeGoodWhenNothingIsWrong() {
        Report report = report(List.of());

        assertThat(ReportText.of(report).getLast())
                .isEqualTo(
                        "GOOD: 0 of 0 observations violate the window, 0 values are permanently"
                                + " stale");
        assertThat(json(report).path("good").asBoolean()).isTrue();
    }

    @Test
    void shouldShowAViolationWithWhatWasAroundIt() {
        history.wrote(ROW, new Write(State.version(1), 0, 1));
        history.wrote(ROW, new Write(State.version(2), 2, 3));
        long late = Duration.ofSeconds(1).toNanos();
        history.read(
                ROW, new Read(State.version(1), late, late, Read.NOTHING_DEMANDED, "node-1 l1"));

        Report report = report(List.of());

        assertThat(report.isGood()).isFalse();
        assertThat(ReportText.of(report))
                .anyMatch(line -> line.startsWith("VIOLATION") && line.contains("version 1"))
                .anyMatch(line -> line.contains("version 2 committed"));
        assertThat(json(report).path("violations_total").asInt()).isEqualTo(1);
    }

    @Test
    void shouldBeBadWhenAValueStaysStale() {
        var stale = new Stale("row", "node-2 l2 (audit)", new Shown(1, 1, 1, 1), null);

        Report report = report(List.of(stale));

        assertThat(report.isGood()).isFalse();
        assertThat(ReportText.of(report).getLast()).startsWith("BAD").contains("1 values are");
        assertThat(json(report).path("permanently_stale_total").asInt()).isEqualTo(1);
    }

    private Report report(List<Stale> stale) {
        return new Report(
                Duration.ofSeconds(60),
                WINDOW,
                3,
                new Judge(WINDOW).judge(history),
                stale,
                new Tally(),
                List.of(new Report.Event(Duration.ofSeconds(3), "kill-kafka", "killed kafka")),
                0,
                "");
    }

    private static JsonNode json(Report report) {
        return new JsonMapper().readTree(ReportJson.of(report));
    }
}
