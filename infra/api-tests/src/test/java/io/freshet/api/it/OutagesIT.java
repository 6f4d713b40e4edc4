package io.freshet.api.it;

import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers of a service are told that was started without one of its servers. */
class OutagesIT {

    @TempDir private Path directory;

    static Stream<Outage> outages() {
        return Outage.all().stream();
    }

    @ParameterizedTest
    @MethodSource("outages")
    void shouldSayWhatIsAway(Outage outage) throws Exception {
        // given
        try (var service = new RunningService(directory, outage.settings())) {
            // when
            HttpAnswer answer =
                    await().atMost(Duration.ofSeconds(30))
                            .until(
                                    () -> outage.read(service),
                                    told -> told.code().equals(outage.code().code()));

            // then
            ProblemDocument.of(answer).requireThat(outage.code(), outage.says());
        }
    }
}
