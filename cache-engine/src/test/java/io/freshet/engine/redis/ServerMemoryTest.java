package io.freshet.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerMemoryTest {

    private static ServerFacts server(long used, long max, String... more) {
        return ServerFacts.parse(
                """
                # Memory\r
                used_memory:%d\r
                used_memory_human:1.00M\r
                maxmemory:%d\r
                # Replication\r
                %s\r
                master_repl_offset:1000\r
                """
                        .formatted(used, max, String.join("\r\n", more)));
    }

    @Test
    void shouldSpeakForTheServerThatIsFullestByItsBound() {
        var memory = ServerMemory.of(List.of(server(900, 1000), server(950, 2000), server(5, 0)));

        assertThat(memory.used()).isEqualTo(900);
        assertThat(memory.max()).isEqualTo(1000);
    }

    @Test
    void shouldTellHowFarTheSlowestReplicaIsBehind() {
        var memory =
                ServerMemory.of(
                        List.of(
                                server(
                                        1,
                                        0,
                                        "slave0:ip=127.0.0.1,port=1,state=online,offset=990,lag=0",
                                        "slave1:ip=127.0.0.1,port=2,state=online,offset=400,lag=1"),
                                server(1, 0)));

        assertThat(memory.replicas()).isEqualTo(2);
        assertThat(memory.lag()).isEqualTo(600);
    }

    @Test
    void shouldKnowNothingWhenNobodyAnswers() {
        assertThat(ServerMemory.of(List.of())).isEqualTo(ServerMemory.UNKNOWN);
    }
}
