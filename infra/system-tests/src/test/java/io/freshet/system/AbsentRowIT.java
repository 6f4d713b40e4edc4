package io.freshet.system;

import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** E6: that a row is absent is remembered, until it is inserted. */
class AbsentRowIT {

    private static final long ID = 999_000_001;
    private static final String KEY = Long.toString(ID);

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);

    @AfterEach
    void remove() throws Exception {
        try (var connection = system.database();
                var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM public.cities WHERE id = " + ID);
        }
    }

    @Test
    void shouldShowARowThatWasAbsentOnceItIsInserted() throws Exception {
        // given
        assertThat(client.get(NAMESPACE, KEY).status()).isEqualTo(404);
        Answer remembered = client.get(NAMESPACE, KEY);
        assertThat(remembered.status()).isEqualTo(404);
        assertThat(remembered.tier()).isEqualTo("l1");
        // when
        try (var connection = system.database();
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO public.cities (id, name, country_code, admin_code, population,"
                            + " latitude, longitude) SELECT "
                            + ID
                            + ", 'Newtown', code, '00', 1, 0, 0 FROM public.countries LIMIT 1");
        }
        // then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(client.get(NAMESPACE, KEY).value().path("name").asString())
                                .isEqualTo("Newtown"));
    }
}
