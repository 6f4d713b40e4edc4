package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.servers.SharedServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** D5: what invalidation-stream has written down, over REST. */
@ExtendWith(SharedService.class)
class AuditIT {

    private final RunningService service;
    private final String namespace = SharedServers.freshName("audited");

    AuditIT(RunningService service) {
        this.service = service;
    }

    @BeforeEach
    void writeDown() throws SQLException {
        service.sql("SELECT freshet.audit_day('2026-01-01'), freshet.audit_day('2026-01-02')");
        // A tag, in both partitions of the log; what it evicted.
        row("12:00", "false", 0, 11, 11, 1, 5, "tag", "{summer}", 1, "rest", "NULL", "'api-token'");
        row("12:00", "true", 1, 21, 21, 1, 5, "tag", "{summer}", 1, "rest", "NULL", "'api-token'");
        // A transaction with three rows.
        row("13:00", "true", 0, 30, 32, 0, 9, "key", "{a,b,c}", 3, "cdc", "77", "'rule of a'");
        service.sql(
                """
                INSERT INTO freshet.audit_effects (at, partition, position, evicted, exact)
                VALUES ('2026-01-01 12:00:01Z', 0, 11, 2, true),
                       ('2026-01-01 12:00:02Z', 1, 21, 3, true),
                       ('2026-01-01 13:00:01Z', 0, 31, 1, true)
                """);
    }

    @Test
    void shouldTellOfAnInvalidationOnceWithAllThatItEvicted() throws SQLException {
        // when
        var found = service.api.get(audit("&tag=summer")).json().get("invalidations");

        // then
        assertThat(found.size()).isEqualTo(1);
        assertThat(found.get(0).get("positions").toString()).isEqualTo("[\"0@0:11\",\"1@0:21\"]");
        assertThat(found.get(0).get("token").asString()).isEqualTo("1:5");
        assertThat(found.get(0).get("evicted").asLong() % 5).isZero();
        assertThat(found.get(0).get("gone_after_ms").asLong()).isEqualTo(2_000);
        assertThat(found.get(0).at("/cause/detail").asString()).isEqualTo("api-token");
    }

    @Test
    void shouldFindByKeyTransactionKindAndTime() {
        assertThat(targets("&key=b")).containsExactly("[\"a\",\"b\",\"c\"]");
        assertThat(targets("&transaction=77")).containsExactly("[\"a\",\"b\",\"c\"]");
        assertThat(targets("&kind=rest")).containsExactly("[\"summer\"]");
        assertThat(targets("&since=2026-01-01T12:30:00Z")).containsExactly("[\"a\",\"b\",\"c\"]");
        assertThat(targets("&until=2026-01-01T12:30:00Z")).containsExactly("[\"summer\"]");
        assertThat(targets("&key=z")).isEmpty();
    }

    @Test
    void shouldGoPageByPageTheLatestFirst() {
        // when
        var first = service.api.get(audit("&limit=1")).json();
        var second = service.api.get(audit("&limit=1&cursor=" + first.get("cursor").asString()));

        // then
        assertThat(first.at("/invalidations/0/type").asString()).isEqualTo("key");
        assertThat(second.json().at("/invalidations/0/type").asString()).isEqualTo("tag");
    }

    private List<String> targets(String query) {
        var targets = new ArrayList<String>();
        service.api
                .get(audit(query))
                .json()
                .get("invalidations")
                .forEach(each -> targets.add(each.get("targets").toString()));
        return targets;
    }

    private String audit(String query) {
        return "/api/v1/cache/audit?namespace=" + namespace + query;
    }

    private void row(
            String at,
            String leads,
            int partition,
            long first,
            long last,
            int inboxPartition,
            long inboxOffset,
            String type,
            String targets,
            long count,
            String kind,
            String transaction,
            String detail)
            throws SQLException {
        service.sql(
                """
                INSERT INTO freshet.audit (at, leads, partition, first_position, last_position,
                    inbox_partition, inbox_offset, namespace, type, targets, count, mode, kind,
                    transaction, detail)
                VALUES ('2026-01-01 %s:00Z', %s, %d, %d, %d, %d, %d, '%s', '%s', '%s', %d, 'hard',
                        '%s', %s, %s)
                """
                        .formatted(
                                at,
                                leads,
                                partition,
                                first,
                                last,
                                inboxPartition,
                                inboxOffset,
                                namespace,
                                type,
                                targets,
                                count,
                                kind,
                                transaction,
                                detail));
    }
}
