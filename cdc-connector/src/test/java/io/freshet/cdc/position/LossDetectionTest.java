package io.freshet.cdc.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cdc.database.ReplicationSlot;
import io.freshet.cdc.database.Retention;
import io.freshet.cdc.database.ServerIdentity;
import io.freshet.cdc.position.Loss.Cause;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.RulesFile;
import io.freshet.cdc.rule.TableName;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LossDetectionTest {

    private static final Retention KEPT = new Retention(0, 0);

    private static final ServerIdentity SERVER = new ServerIdentity("7001", 1, "app");
    private static final Namespace A = new Namespace("a");
    private static final Namespace B = new Namespace("b");
    private static final Rules RULES =
            RulesFile.parse(
                    """
                    version: 1
                    rules:
                      - {name: a, table: s.a, namespace: a, keys: ["{id}"]}
                      - {name: b, table: s.b, namespace: b, keys: ["{id}"]}
                    """);
    private static final CapturePosition REMEMBERED =
            new CapturePosition(
                    SERVER, "slot", new Lsn(1000), RULES.fingerprints(), Set.of(), null);

    @Test
    void shouldFindNothingWhenAllIsAsItWas() {
        assertThat(losses(REMEMBERED, SERVER, slot(1000), 2000)).isEmpty();
        assertThat(losses(REMEMBERED, SERVER, slot(900), 1000)).isEmpty();
    }

    @Test
    void shouldTrustNothingAtTheFirstStart() {
        assertThat(losses(null, SERVER, null, 2000))
                .containsExactly(everything(Cause.FIRST_START, "first start"));
    }

    @Test
    void shouldTrustNothingWhenTheDatabaseIsAnother() {
        assertThat(losses(REMEMBERED, new ServerIdentity("7002", 1, "app"), slot(1000), 2000))
                .containsExactly(everything(Cause.OTHER_DATABASE, "the database is another one"));
        assertThat(losses(REMEMBERED, new ServerIdentity("7001", 1, "other"), slot(1000), 2000))
                .containsExactly(everything(Cause.OTHER_DATABASE, "the database is another one"));
    }

    @Test
    void shouldTrustNothingOnAnotherTimeline() {
        assertThat(losses(REMEMBERED, new ServerIdentity("7001", 2, "app"), slot(1000), 2000))
                .containsExactly(
                        everything(
                                Cause.TIMELINE,
                                "the database's timeline changed from 1 to 2: it was restored or"
                                        + " failed over"));
    }

    @Test
    void shouldTrustNothingWhenTheDatabaseWasRewound() {
        assertThat(losses(REMEMBERED, SERVER, slot(500), 999))
                .containsExactly(
                        everything(Cause.REWOUND, "the database was rewound from 0/3E8 to 0/3E7"));
    }

    @Test
    void shouldTrustNothingWhenTheSlotIsGoneOrLostOrMoved() {
        assertThat(losses(REMEMBERED, SERVER, null, 2000))
                .containsExactly(everything(Cause.SLOT_GONE, "the replication slot is gone"));
        assertThat(
                        losses(
                                REMEMBERED,
                                SERVER,
                                new ReplicationSlot.Standing(null, new Lsn(1000), true, KEPT, 0),
                                2000))
                .containsExactly(
                        everything(
                                Cause.SLOT_LOST,
                                "the server removed log that the replication slot needed"));
        assertThat(losses(REMEMBERED, SERVER, slot(1001), 2000))
                .containsExactly(
                        everything(
                                Cause.SLOT_MOVED,
                                "the replication slot stands at 0/3E9, past 0/3E8: somebody else"
                                        + " made or moved it"));
    }

    @Test
    void shouldTrustNothingWhileADoubtIsNotMadeGood() {
        assertThat(losses(REMEMBERED.doubted("why"), SERVER, slot(1000), 2000))
                .containsExactly(everything(Cause.DOUBT, "why"));
        assertThat(losses(REMEMBERED.doubted("why").trusted(), SERVER, slot(1000), 2000)).isEmpty();
    }

    @Test
    void shouldDistrustTheNamespacesOfTablesThatWereNotPublished() {
        var found =
                new LossDetection.Found(
                        SERVER,
                        slot(1000),
                        new Lsn(2000),
                        Set.of(new TableName("s", "b")),
                        Set.of());

        assertThat(LossDetection.losses(REMEMBERED, found, RULES))
                .containsExactly(
                        new Loss(
                                Cause.PUBLICATION,
                                "the publication did not have [s.b]",
                                Set.of(B)));
    }

    @Test
    void shouldDistrustTheNamespacesWhoseRulesChanged() {
        Rules changed =
                RulesFile.parse(
                        """
                        version: 1
                        rules:
                          - {name: a, table: s.a, namespace: a, keys: ["x{id}"]}
                          - {name: b, table: s.b, namespace: b, keys: ["{id}"]}
                        """);
        var found = new LossDetection.Found(SERVER, slot(1000), new Lsn(2000), Set.of(), Set.of());

        assertThat(LossDetection.losses(REMEMBERED, found, changed))
                .containsExactly(
                        new Loss(
                                Cause.RULES, "the rules have changed, or their tables", Set.of(A)));
    }

    @Test
    void shouldDistrustWhateverSqlHasInvalidatedWhenMessagesMayBeLost() {
        var c = new Namespace("c");
        var d = new Namespace("d");
        var found =
                new LossDetection.Found(SERVER, null, new Lsn(2000), Set.of(), Set.of())
                        .calling(Set.of(c));

        assertThat(LossDetection.losses(REMEMBERED.called(Set.of(d)), found, RULES))
                .containsExactly(
                        new Loss(
                                Cause.SLOT_GONE,
                                "the replication slot is gone",
                                Set.of(A, B, c, d)));
    }

    private static List<Loss> losses(
            @Nullable CapturePosition remembered,
            ServerIdentity server,
            ReplicationSlot.@Nullable Standing slot,
            long written) {
        return LossDetection.losses(
                remembered,
                new LossDetection.Found(server, slot, new Lsn(written), Set.of(), Set.of()),
                RULES);
    }

    private static ReplicationSlot.Standing slot(long confirmed) {
        return new ReplicationSlot.Standing(null, new Lsn(confirmed), false, KEPT, 0);
    }

    private static Loss everything(Cause cause, String reason) {
        return new Loss(cause, reason, Set.of(A, B));
    }
}
