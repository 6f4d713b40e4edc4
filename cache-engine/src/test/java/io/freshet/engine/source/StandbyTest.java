package io.freshet.engine.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.namespace.SqlSourceConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Reads of a real standby whose replay is held: it never answers what is older than needed. */
@DisabledIfSystemProperty(
        named = "freshet.servers",
        matches = "containers",
        disabledReason = "the standby begins as a copy of the primary's directory")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandbyTest {

    private static final EntryKey ROME = new EntryKey("rome");
    private static final Duration SHORT = Duration.ofMillis(50);

    private static PrimaryAndStandby servers;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        servers = PrimaryAndStandby.start(directory);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void beginWithTheFirst() throws Exception {
        servers.bringStandbyBack();
        servers.write("DROP TABLE IF EXISTS cities");
        servers.write("CREATE TABLE cities (name text PRIMARY KEY, mayor text)");
        servers.write("INSERT INTO cities VALUES ('rome', 'first')");
        servers.awaitReplayed();
    }

    /** Of a node that has seen records up to some commit. */
    private static final class Reader implements AutoCloseable {

        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final SqlDatabases databases;
        private final Source source;
        private Lsn needed = new Lsn(0);

        Reader(Duration wait) {
            databases = new SqlDatabases(Map.of("primary", servers.options(wait)));
            var sources = new Sources(databases);
            sources.bindTo(meters);
            source = sources.of(cities(), (_, _, _) -> needed).orElseThrow();
        }

        String mayor() throws Exception {
            return mayor(source.load(ROME));
        }

        String mayor(CompletionStage<Loaded> load) throws Exception {
            var loaded = (Loaded.Value) load.toCompletableFuture().get(20, TimeUnit.SECONDS);
            return new String(loaded.bytes(), UTF_8);
        }

        double reads(String outcome) {
            return meters.get("freshet.standby.reads")
                    .tag("outcome", outcome)
                    .functionCounter()
                    .count();
        }

        @Override
        public void close() {
            databases.close();
        }
    }

    private static NamespaceConfig cities() {
        return NamespaceConfig.builder(new Namespace("cities"))
                .source(
                        new SqlSourceConfig(
                                "primary",
                                "SELECT mayor FROM cities WHERE name = :key",
                                Duration.ofSeconds(10),
                                List.of()))
                .build();
    }

    /** A change that the standby does not know of; its LSN is what its record in the log says. */
    private Lsn elect() throws SQLException {
        servers.holdReplay();
        servers.write("UPDATE cities SET mayor = 'second'");
        return servers.written();
    }

    @Test
    void shouldReadTheStandbyThatKnowsEnough() throws Exception {
        try (var reader = new Reader(SHORT)) {
            // given a change that no record has spoken of yet
            elect();
            // when
            String mayor = reader.mayor();
            // then
            assertThat(mayor).contains("first");
            assertThat(reader.reads("answered")).isOne();
        }
    }

    @Test
    void shouldReadThePrimaryWhileTheStandbyIsBehind() throws Exception {
        try (var reader = new Reader(SHORT)) {
            // given
            reader.needed = elect();
            // when
            String mayor = reader.mayor();
            // then
            assertThat(mayor).contains("second");
            assertThat(reader.reads("behind")).isOne();
            servers.goOnReplaying();
            await().until(() -> {
                assertThat(reader.mayor()).contains("second");
                return reader.reads("answered") > 0;
            });
        }
    }

    @Test
    void shouldWaitForTheStandby() throws Exception {
        try (var reader = new Reader(Duration.ofSeconds(8))) {
            // given a load that finds it behind
            reader.needed = elect();
            CompletionStage<Loaded> load = reader.source.load(ROME);
            // when
            servers.goOnReplaying();
            // then
            assertThat(reader.mayor(load)).contains("second");
            assertThat(reader.reads("answered")).isOne();
            assertThat(reader.reads("behind")).isZero();
        }
    }

    @Test
    void shouldReadThePrimaryForWhoMustSeeMoreThanTheRecordsTell() throws Exception {
        try (var reader = new Reader(SHORT)) {
            // given
            elect();
            // when
            String mayor = reader.mayor(reader.source.ofPrimary().load(ROME));
            // then
            assertThat(mayor).contains("second");
        }
    }

    /** The last one: it is no standby any more. */
    @Test
    @Order(Integer.MAX_VALUE)
    void shouldReadThePrimaryWhenTheStandbyWasPromoted() throws Exception {
        try (var reader = new Reader(SHORT)) {
            // given a standby that goes its own way from now on
            servers.promote();
            servers.write("UPDATE cities SET mayor = 'second'");
            // when
            String mayor = reader.mayor();
            // then
            assertThat(mayor).contains("second");
            assertThat(reader.reads("behind")).isOne();
        }
    }

    @Test
    void shouldReadThePrimaryWhenTheStandbyIsGone() throws Exception {
        try (var reader = new Reader(SHORT)) {
            // given
            servers.killStandby();
            // when
            String mayor = reader.mayor();
            // then
            assertThat(mayor).contains("first");
            assertThat(reader.reads("unavailable")).isOne();
        }
    }
}
