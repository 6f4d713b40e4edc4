package io.freshet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Traffic;
import io.freshet.contracts.id.EntryKey;
import io.freshet.engine.entry.EntryHeader;
import io.freshet.engine.eviction.KnownNamespaces;
import io.freshet.engine.eviction.Touches;
import io.freshet.engine.log.SeenCommits;
import io.freshet.engine.namespace.NamespaceConfig;
import io.freshet.engine.read.MemoryStore;
import io.freshet.engine.read.ReadyNode;
import io.freshet.engine.source.Sources;
import io.freshet.engine.source.SqlDatabases;
import io.freshet.engine.telemetry.TrafficRecorder;
import io.freshet.engine.write.WriteThrough;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F2: which reads are traffic and uses of entries, and which only look. */
class NodeCacheTest {

    private static final NamespaceConfig SESSIONS = ReadyNode.PUT_ONLY;
    private static final EntryKey STORED = new EntryKey("stored");
    private static final EntryKey MISSING = new EntryKey("missing");
    private static final ReadOptions PROBE = ReadOptions.DEFAULT.asProbe();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TrafficRecorder traffic = new TrafficRecorder("node");
    private final Touches touches = new Touches(Touches.PLACES);
    private final ReadyNode node =
            new ReadyNode(new MemoryStore(), 0, new EngineMeters(meters, traffic));
    private final NodeCache cache =
            new NodeCache(
                    node.paths,
                    new WriteThrough(node.paths, "node"),
                    new NodeSources(
                            new Sources(new SqlDatabases(Map.of())),
                            new SeenCommits("primary", 1),
                            node.view),
                    node.view,
                    new KnownNamespaces(),
                    touches,
                    traffic);

    @BeforeEach
    void store() {
        var value = new NewValue(new byte[] {'1'}, EntryHeader.JSON, null, Set.of());
        assertThat(cache.put(SESSIONS, STORED, value).toCompletableFuture().join())
                .isInstanceOf(PutResult.Stored.class);
    }

    @Test
    void shouldCountReadsAsTrafficAndWhatTheyFoundAsUsed() {
        // when
        read(STORED, ReadOptions.DEFAULT);
        read(MISSING, ReadOptions.DEFAULT);

        // then
        Traffic seen = seen().getFirst();
        assertThat(seen.redisHits()).isOne();
        assertThat(seen.misses()).isOne();
        assertThat(seen.hot()).extracting(Traffic.HotKey::key).contains(STORED, MISSING);
        assertThat(touches.drain()).extracting(Touches.Note::key).containsExactly(STORED);
    }

    @Test
    void shouldAnswerAProbeAndCountNothing() {
        // when
        Lookup found = read(STORED, PROBE);
        Lookup missed = read(MISSING, PROBE);

        // then
        assertThat(found).isInstanceOf(Lookup.Hit.class);
        assertThat(missed).isInstanceOf(Lookup.Absent.class);
        assertThat(seen()).isEmpty();
        assertThat(touches.drain()).isEmpty();
    }

    @Test
    void shouldCountCallersWhoLoadByThemselves() {
        // when
        lease(STORED, ReadOptions.DEFAULT);
        LeaseLookup first = lease(MISSING, ReadOptions.DEFAULT);
        LeaseLookup second = lease(MISSING, ReadOptions.DEFAULT);

        // then
        assertThat(first).isInstanceOf(LeaseLookup.Granted.class);
        assertThat(second).isInstanceOf(LeaseLookup.Busy.class);
        Traffic seen = seen().getFirst();
        assertThat(seen.redisHits()).isOne();
        assertThat(seen.misses()).isEqualTo(2);
        assertThat(touches.drain()).extracting(Touches.Note::key).containsExactly(STORED);
    }

    @Test
    void shouldCountNoProbeOfThem() {
        // when
        lease(STORED, PROBE);
        lease(MISSING, PROBE);

        // then
        assertThat(seen()).isEmpty();
        assertThat(touches.drain()).isEmpty();
    }

    @Test
    void shouldCountReadsOutsideTheWindowButForProbes() {
        // given
        node.fallBehind(Duration.ofHours(1));

        // when
        read(STORED, PROBE);
        read(STORED, ReadOptions.DEFAULT);

        // then
        assertThat(meters.get("freshet.window.exceeded").counter().count()).isOne();
    }

    private Lookup read(EntryKey key, ReadOptions options) {
        return cache.get(SESSIONS, key, options).toCompletableFuture().join();
    }

    private LeaseLookup lease(EntryKey key, ReadOptions options) {
        return cache.lease(SESSIONS, key, options, Duration.ZERO).toCompletableFuture().join();
    }

    private List<Traffic> seen() {
        return traffic.drain(Instant.EPOCH, Duration.ofSeconds(1));
    }
}
