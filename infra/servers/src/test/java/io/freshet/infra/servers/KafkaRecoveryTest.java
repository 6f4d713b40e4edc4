package io.freshet.infra.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@EmbeddedOnly
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // fields set before all tests
class KafkaRecoveryTest {
    private final EmbeddedServers servers = new EmbeddedServers();
    private Path directory;
    private KafkaServer kafka;

    @BeforeAll
    void startOnAHalfFormattedDirectory(@TempDir Path temporary) throws IOException {
        directory = temporary;
        Files.createDirectories(directory.resolve("data/__cluster_metadata-0"));
        Files.writeString(directory.resolve("data/meta.properties"), "version=1\ncluster.i");

        kafka = servers.startKafka(KafkaOptions.in(directory));
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    @Test
    void shouldFormatAnewWhatWasHalfFormatted() throws Exception {
        KafkaClient client = new KafkaClient(kafka.bootstrapServers());

        client.write("works");

        assertThat(client.read()).isEqualTo("works");
    }

    @Test
    void shouldKeepItsDataOverARestartInsideThisJvm() throws Exception {
        KafkaClient client = new KafkaClient(kafka.bootstrapServers());
        client.write("kept");

        kafka.restart();

        assertThat(client.read()).isEqualTo("kept");
    }

    @Test
    void shouldRefuseADirectoryThatAnotherOneUses() throws Exception {
        assertThatThrownBy(() -> servers.startKafka(KafkaOptions.in(directory)))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("runs there inside another program");

        KafkaClient client = new KafkaClient(kafka.bootstrapServers());

        client.write("unhurt");
        assertThat(client.read()).isEqualTo("unhurt");
    }

    @Test
    void shouldRefuseADirectoryInWhichAnEarlierStartStillRuns(@TempDir Path other) {
        KafkaOptions options = KafkaOptions.in(other);
        try (KafkaServer earlier = servers.startKafka(options.ownProcess(true))) {

            assertThatThrownBy(() -> servers.startKafka(options))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("still runs there")
                    .hasMessageContaining("kill -TERM " + earlier.pid());
        }
    }

    @Test
    void shouldRefuseADirectoryThatAKafkaOfAnotherProgramUses() {
        assertThatThrownBy(() -> KafkaProcess.spawn(KafkaOptions.in(directory)))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("runs there inside another program");
    }

    @Test
    void shouldHaveNoProcessOfItsOwnInsideThisJvm() {
        assertThatThrownBy(kafka::kill)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("ownProcess(true)");
        assertThat(kafka.isAlive()).isTrue();
    }

    @Test
    void shouldCloseTwice(@TempDir Path other) {
        KafkaServer second = servers.startKafka(KafkaOptions.in(other));
        second.close();
        second.close();

        assertThat(second.isAlive()).isFalse();
    }
}
