package io.freshet.infra.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.local.layout.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderTest {
    @TempDir private Path directory = Path.of("");

    @Test
    void shouldReadWhatItWrites() {
        var restart = new Order.ToPart(Order.Action.RESTART, Part.API_SERVICE);

        assertThat(restart.text()).isEqualTo("restart api-service");
        assertThat(Order.parse(restart.text())).contains(restart);
        assertThat(Order.parse(new Order.ShutDown().text())).contains(new Order.ShutDown());
    }

    @Test
    void shouldNotReadAnythingElse() {
        assertThat(Order.parse("")).isEmpty();
        assertThat(Order.parse("restart")).isEmpty();
        assertThat(Order.parse("restart nothing")).isEmpty();
        assertThat(Order.parse("paint api-service")).isEmpty();
    }

    @Test
    void shouldCarryAnOrderThereAndItsAnswerBack() throws IOException, InterruptedException {
        var orders = new Orders(directory);
        String id = orders.give(new Order.ShutDown());

        List<Orders.Pending> taken = orders.take();
        orders.answer(id, "ok stopping");

        assertThat(taken).containsExactly(new Orders.Pending(id, new Order.ShutDown()));
        assertThat(orders.take()).isEmpty();
        assertThat(orders.awaitAnswer(id, Duration.ofSeconds(5))).contains("ok stopping");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldAnswerWhatItDoesNotUnderstand() throws IOException {
        var orders = new Orders(directory);
        Files.writeString(directory.resolve("7.order"), "sing\n");

        assertThat(orders.take()).isEmpty();
        assertThat(orders.takeAnswer("7")).contains("not understood");
    }

    @Test
    void shouldNotWaitForEver() throws IOException, InterruptedException {
        var orders = new Orders(directory);

        assertThat(orders.awaitAnswer("none", Duration.ofMillis(1))).isEmpty();
    }
}
