package io.freshet.infra.local.launch;

import static io.freshet.infra.local.launch.StandInInstance.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.supervision.Order;
import io.freshet.infra.local.supervision.Orders;
import java.io.IOException;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a running instance tells its clients, and what it does about its parts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalInstanceIT {
    private final StandInInstance instance;

    LocalInstanceIT() throws IOException {
        instance = new StandInInstance();
    }

    @BeforeAll
    void start() {
        instance.start(Map.of());
    }

    @AfterAll
    void stop() throws IOException {
        instance.close();
    }

    @Test
    void shouldTellClientsWhereEverythingIs() throws Exception {
        Map<String, String> environment = instance.environment();

        assertThat(environment.get("FRESHET_API_URL")).isEqualTo(instance.addresses().api());
        for (Part part : Part.values()) {
            long pid = Long.parseLong(environment.get("FRESHET_PID_" + part.name()));
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                    .as(part.label())
                    .isPresent();
        }
        try (var connection =
                        DriverManager.getConnection(
                                environment.get("FRESHET_PG_URL"),
                                environment.get("FRESHET_PG_USER"),
                                environment.get("FRESHET_PG_PASSWORD"));
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT c.name, k.name, (SELECT count(*) FROM cities) FROM cities c"
                                        + " JOIN countries k ON k.code = c.country_code"
                                        + " WHERE c.id = 2759794")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("Amsterdam");
            assertThat(row.getString(2)).isEqualTo("Netherlands");
            assertThat(row.getInt(3)).isEqualTo(49_025);
        }
    }

    @Test
    void shouldStartAgainWhatIsKilled() throws Exception {
        long killed = instance.pid(Part.WARMER_WORKER);

        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        await().atMost(START)
                .until(() ->
                        instance.status().allReady() && instance.pid(Part.WARMER_WORKER) != killed);
        assertThat(instance.environment())
                .containsEntry("FRESHET_PID_WARMER_WORKER", "" + instance.pid(Part.WARMER_WORKER));
    }

    @Test
    void shouldStartAServerAgainOnItsData() throws Exception {
        long killed = instance.pid(Part.REDIS);

        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        await().atMost(START)
                .until(() -> instance.status().allReady() && instance.pid(Part.REDIS) != killed);
    }

    @Test
    void shouldCarryOutOrders() throws Exception {
        long before = instance.pid(Part.CDC_CONNECTOR);

        String stopped = order(Order.Action.STOP, Part.CDC_CONNECTOR);
        boolean gone = ProcessHandle.of(before).filter(ProcessHandle::isAlive).isEmpty();
        String started = order(Order.Action.START, Part.CDC_CONNECTOR);
        long between = instance.pid(Part.CDC_CONNECTOR);
        String restarted = order(Order.Action.RESTART, Part.CDC_CONNECTOR);

        assertThat(stopped).isEqualTo("ok stopped");
        assertThat(gone).isTrue();
        assertThat(started).isEqualTo("ok ready, pid " + between);
        assertThat(restarted).isEqualTo("ok ready, pid " + instance.pid(Part.CDC_CONNECTOR));
        assertThat(instance.pid(Part.CDC_CONNECTOR)).isNotEqualTo(between).isNotEqualTo(before);
    }

    private String order(Order.Action action, Part part) throws IOException, InterruptedException {
        var orders = new Orders(instance.directory().control());
        return orders.awaitAnswer(orders.give(new Order.ToPart(action, part)), START).orElseThrow();
    }
}
