package io.freshet.infra.local.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakenPortTest {
    @Test
    void shouldNameThePortItsHolderAndTheWayOut() throws IOException {
        try (var holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports =
                    Ports.choose(Map.of(Port.REDIS, holder.getLocalPort()), _ -> null, 20_000);

            List<TakenPort> taken = TakenPort.among(ports);

            assertThat(taken).extracting(TakenPort::port).contains(Port.REDIS);
            assertThat(taken.getLast().explanation())
                    .startsWith(
                            "Port %d (Redis) is taken by process %d ("
                                    .formatted(
                                            holder.getLocalPort(), ProcessHandle.current().pid()))
                    .contains("--redis-port=", "FRESHET_REDIS_PORT=");
        }
    }

    @Test
    void shouldSayThatTheHolderIsUnknown() {
        var taken = new TakenPort(Port.API, 7400, java.util.Optional.empty());

        assertThat(taken.explanation())
                .startsWith("Port 7400 (REST) is taken by a process that I cannot see.");
    }
}
