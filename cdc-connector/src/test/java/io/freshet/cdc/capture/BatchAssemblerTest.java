package io.freshet.cdc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cdc.rule.Cell;
import io.freshet.cdc.rule.Match;
import io.freshet.cdc.rule.Operation;
import io.freshet.cdc.rule.RowChange;
import io.freshet.cdc.rule.Rules;
import io.freshet.cdc.rule.RulesFile;
import io.freshet.cdc.rule.TableName;
import io.freshet.cdc.visibility.Delivery;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.id.Lsn;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchAssemblerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Rules RULES =
            RulesFile.parse(
                    "{version: 1, rules: [{name: r, table: s.t, namespace: n, keys: ['{id}']}]}");

    private final BatchAssembler assembler = new BatchAssembler(RULES, "primary");

    @Test
    void shouldPutTheChangesOfATransactionTogetherWithItsCommit() {
        assertThat(assemble(changed(7, "a"), changed(7, "b"), ended(100)))
                .containsExactly(changes(7, 100L, "a", "b"), end(100));
    }

    @Test
    void shouldNameATargetOnce() {
        assertThat(assemble(changed(7, "a"), changed(7, "a"), ended(100)))
                .containsExactly(changes(7, 100L, "a"), end(100));
    }

    @Test
    void shouldKeepTransactionsApart() {
        assertThat(assemble(changed(7, "a"), ended(100), changed(8, "a"), ended(200)))
                .containsExactly(changes(7, 100L, "a"), end(100), changes(8, 200L, "a"), end(200));
    }

    @Test
    void shouldNotKnowTheCommitOfATransactionThatGoesOnInTheNextBatch() {
        assertThat(assemble(changed(7, "a"))).containsExactly(changes(7, null, "a"));
        assertThat(assemble(changed(7, "b"), ended(100)))
                .containsExactly(changes(7, 100L, "b"), end(100));
    }

    @Test
    void shouldGiveAHeartbeatTheLsnOfItsCommit() {
        assertThat(assemble(beat(90), ended(100))).containsExactly(heartbeat(100), end(100));
    }

    @Test
    void shouldGiveAHeartbeatTheLowerLsnOfItsMessageWhenItsCommitIsNotKnown() {
        assertThat(assemble(beat(90))).containsExactly(heartbeat(90));
        assertThat(assemble(ended(100))).containsExactly(end(100));
    }

    @Test
    void shouldPutAHeartbeatBehindTheChangesOfItsTransaction() {
        assertThat(assemble(beat(90), changed(7, "a"), ended(100)))
                .containsExactly(changes(7, 100L, "a"), heartbeat(100), end(100));
    }

    @Test
    void shouldMoveOnPastATransactionThatNoRuleMatches() {
        var other =
                new Captured.Changed(
                        7,
                        NOW,
                        new RowChange(new TableName("s", "other"), Operation.TRUNCATE, null, null));

        assertThat(assemble(other, ended(100))).containsExactly(end(100));
    }

    @Test
    void shouldCountTransactionsWithChanges() {
        assertThat(transactions(beat(90), ended(100), changed(7, "a"), ended(200), changed(8, "a")))
                .isEqualTo(1);
        assertThat(transactions(ended(300))).isEqualTo(1);
        assertThat(transactions(ended(400))).isZero();
    }

    private List<Delivery<Work, Event.Heartbeat, Lsn>> assemble(Captured... batch) {
        return assembler.assemble(List.of(batch)).deliveries();
    }

    private int transactions(Captured... batch) {
        return assembler.assemble(List.of(batch)).transactions();
    }

    private static Captured changed(int transaction, String id) {
        return new Captured.Changed(
                transaction,
                NOW,
                new RowChange(
                        new TableName("s", "t"), Operation.INSERT, null, _ -> new Cell.Text(id)));
    }

    private static Captured beat(long lsn) {
        return new Captured.Beat(new Lsn(lsn), NOW);
    }

    private static Captured ended(long commit) {
        return new Captured.Ended(new Lsn(commit));
    }

    private static Delivery<Work, Event.Heartbeat, Lsn> changes(
            int transaction, @Nullable Long commit, String... ids) {
        List<Finding> findings =
                Arrays.stream(ids)
                        .<Finding>map(id ->
                                new Finding.ByRule(
                                        new Match("r", CaptureRig.key("n", id), Mode.HARD)))
                        .toList();
        Lsn lsn = commit == null ? null : new Lsn(commit);
        return new Delivery.Changes<>(transaction, new Work(transaction, lsn, NOW, findings));
    }

    private static Delivery<Work, Event.Heartbeat, Lsn> heartbeat(long lsn) {
        return new Delivery.Beat<>(new Event.Heartbeat("primary", new Lsn(lsn), NOW));
    }

    private static Delivery<Work, Event.Heartbeat, Lsn> end(long commit) {
        return new Delivery.End<>(new Lsn(commit));
    }
}
