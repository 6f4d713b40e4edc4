package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.api.HttpAnswer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PUT and DELETE in a namespace whose source is written later. */
@ExtendWith(SharedService.class)
class WriteBehindIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static HttpAnswer put(RunningService service, String key, long n) {
        return service.api.put(
                service.path(service.tallies, key), "{\"value\": {\"n\": " + n + "}}");
    }

    private static HttpAnswer get(RunningService service, String key) {
        return service.api.get(service.path(service.tallies, key));
    }

    private static List<Long> history(RunningService service, String key) throws SQLException {
        var history = new ArrayList<Long>();
        try (var connection = service.database.connect();
                var query =
                        connection.prepareStatement(
                                "SELECT n FROM tally_history WHERE id = ? ORDER BY at")) {
            query.setString(1, key);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    history.add(rows.getLong(1));
                }
            }
        }
        return history;
    }

    @Test
    void shouldAnswerAtOnceWhatTheSourceDoesNotHaveYet(RunningService service) throws Exception {
        // given a source that takes nothing
        try (var connection = service.database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE tallies IN EXCLUSIVE MODE");

            // when
            HttpAnswer accepted = put(service, "held", 7);

            // then
            assertThat(accepted.status()).isEqualTo(202);
            HttpAnswer read = get(service, "held");
            assertThat(read.json().at("/value/n").asInt()).isEqualTo(7);
            assertThat(read.header("X-Cache-Tier")).isEqualTo("pending");
            service.api.post(
                    "/api/v1/cache/invalidate",
                    "{\"namespace\": \"" + service.tallies + "\", \"all\": true}");
            assertThat(get(service, "held").header("X-Cache-Tier")).isEqualTo("pending");
            connection.rollback();
        }

        // and then
        await().atMost(PATIENCE)
                .until(() -> !get(service, "held").header("X-Cache-Tier").equals("pending"));
        assertThat(get(service, "held").json().path("value").toString())
                .isEqualTo("{\"id\":\"held\",\"n\":7}");
        assertThat(history(service, "held")).containsExactly(7L);
    }

    @Test
    void shouldKeepTheOrderOfAKey(RunningService service) throws Exception {
        // when
        List<Long> numbers = LongStream.rangeClosed(1, 100).boxed().toList();
        for (long n : numbers) {
            assertThat(put(service, "ordered", n).status()).isEqualTo(202);
            assertThat(get(service, "ordered").json().at("/value/n").asLong()).isEqualTo(n);
        }

        // then
        await().atMost(PATIENCE).until(() -> history(service, "ordered").size() == numbers.size());
        assertThat(history(service, "ordered")).isEqualTo(numbers);
        assertThat(get(service, "ordered").json().at("/value/n").asLong()).isEqualTo(100);
    }

    @Test
    void shouldDelete(RunningService service) {
        // given
        put(service, "gone", 1);

        // when
        HttpAnswer deleted = service.api.delete(service.path(service.tallies, "gone"));

        // then
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(get(service, "gone").status()).isEqualTo(404);
        await().atMost(PATIENCE)
                .until(() -> !get(service, "gone").header("X-Cache-Tier").equals("pending"));
        assertThat(get(service, "gone").status()).isEqualTo(404);
    }

    @Test
    void shouldPutAsideWhatTheSourceRefuses(RunningService service) throws Exception {
        // given
        put(service, "refused", 1);
        await().atMost(PATIENCE).until(() -> history(service, "refused").size() == 1);

        // when
        HttpAnswer accepted = put(service, "refused", -1);

        // then it is answered until it is known to be refused
        assertThat(accepted.status()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> get(service, "refused").json().at("/value/n").asLong() == 1);
        assertThat(service.management.get("/actuator/prometheus").text())
                .containsPattern(
                        "freshet_writes_dead_letters_total\\{namespace=\"%s\"} 1"
                                .formatted(service.tallies));

        // and others go on
        put(service, "refused", 2);
        await().atMost(PATIENCE).until(() -> history(service, "refused").equals(List.of(1L, 2L)));
    }
}
