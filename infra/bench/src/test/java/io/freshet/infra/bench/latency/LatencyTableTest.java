package io.freshet.infra.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LatencyTableTest {

    @Test
    void shouldSayByHowMuchEnforcementIsBehindDebezium() {
        // given
        var flights = new Flights(1);
        flights.takeOff(0, "a");
        flights.acknowledged(0, 0);
        flights.passes(Stage.BARE, "a", 2_000_000);
        flights.passes(Stage.INBOX, "a", 3_000_000);
        flights.passes(Stage.LOG, "a", 4_000_000);
        flights.passes(Stage.ENFORCED, "a", 5_000_000);

        // when
        LatencyTable table = LatencyTable.of(flights, 0, 1);

        // then
        assertThat(table.isComplete()).isTrue();
        assertThat(table.behind(50)).isBetween(2.99, 3.01);
    }

    @Test
    void shouldSayWhatNeverArrived() {
        // given
        var flights = new Flights(1);
        flights.takeOff(0, "a");
        flights.acknowledged(0, 0);
        flights.passes(Stage.BARE, "a", 0);
        var printed = new ByteArrayOutputStream();

        // when
        boolean complete =
                LatencyTable.of(flights, 0, 1)
                        .print(new PrintStream(printed, true, StandardCharsets.UTF_8));

        // then
        assertThat(complete).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("1 updates were never seen: enforced on a node");
    }
}
