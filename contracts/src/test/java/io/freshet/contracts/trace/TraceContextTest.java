package io.freshet.contracts.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void shouldComeBackOutOfARecordsHeaders() {
        var context = new TraceContext(TRACE, SPAN, true);

        TraceContext read = TraceContext.in(TraceContext.headersOf(context));

        assertThat(read).isEqualTo(context);
    }

    @Test
    void shouldFindNoneInARecordThatBelongsToNoTrace() {
        assertThat(TraceContext.headersOf(null)).isEmpty();
        assertThat(TraceContext.in(new RecordHeaders())).isNull();
        assertThat(TraceContext.in(new RecordHeaders().add(TraceContext.HEADER, null))).isNull();
    }

    @Test
    void shouldReadALaterVersionAsItsBeginning() {
        assertThat(TraceContext.of("cc-" + TRACE + "-" + SPAN + "-01-what-comes-later"))
                .isEqualTo(new TraceContext(TRACE, SPAN, true));
    }

    @Test
    void shouldReadTheFlagAmongOthers() {
        assertThat(TraceContext.of("00-" + TRACE + "-" + SPAN + "-03"))
                .isEqualTo(new TraceContext(TRACE, SPAN, true));
        assertThat(TraceContext.of("00-" + TRACE + "-" + SPAN + "-02"))
                .isEqualTo(new TraceContext(TRACE, SPAN, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
            })
    void shouldIgnoreWhatIsMalformed(String traceparent) {
        assertThat(TraceContext.of(traceparent)).isNull();
    }

    @Test
    void shouldCarryWhatIsCurrentToALaterStep() {
        var context = new TraceContext(TRACE, SPAN, true);
        Function<String, Optional<TraceContext>> step;
        try (var _ = CurrentTrace.enter(context)) {
            step = CurrentTrace.carriedTo(_ -> Optional.ofNullable(CurrentTrace.get()));
        }

        Optional<TraceContext> seen = step.apply("");

        assertThat(seen).contains(context);
        assertThat(CurrentTrace.get()).isNull();
    }
}
