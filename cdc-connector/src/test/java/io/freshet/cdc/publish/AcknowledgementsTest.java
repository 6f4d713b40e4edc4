package io.freshet.cdc.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

    private final Acknowledgements acknowledgements =
            new Acknowledgements(10, Duration.ofMinutes(1));

    @Test
    void shouldCountThoseThatArrivedUpToTheFirstThatDidNot() throws InterruptedException {
        var second = new CompletableFuture<String>();
        acknowledgements.await(arrived());
        acknowledgements.await(second);
        acknowledgements.await(arrived());
        long before = acknowledgements.arrived();

        second.complete("there");

        assertThat(before).isEqualTo(1);
        assertThat(acknowledgements.arrived()).isEqualTo(3).isEqualTo(acknowledgements.sent());
    }

    @Test
    void shouldFailWhenOneIsRefused() throws InterruptedException {
        acknowledgements.await(CompletableFuture.failedFuture(new IllegalStateException("no")));

        assertThatThrownBy(acknowledgements::arrived)
                .isInstanceOf(KafkaException.class)
                .hasRootCauseMessage("no");
    }

    @Test
    void shouldFailWhenOneIsWaitedForTooLong() throws InterruptedException {
        var impatient = new Acknowledgements(10, Duration.ZERO);
        impatient.await(new CompletableFuture<String>());

        assertThatThrownBy(impatient::arrived)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("within 0 s");
    }

    @Test
    void shouldNotLetMoreBeUnderWayThanItMay() {
        var narrow = new Acknowledgements(1, Duration.ZERO);

        assertThatThrownBy(
                        () -> {
                            narrow.await(new CompletableFuture<String>());
                            narrow.await(new CompletableFuture<String>());
                        })
                .isInstanceOf(KafkaException.class);
    }

    private static CompletableFuture<String> arrived() {
        return CompletableFuture.completedFuture("there");
    }
}
