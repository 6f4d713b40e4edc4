package io.freshet.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Lsn;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeenCommitsTest {

    private final SeenCommits commits = new SeenCommits("primary", 2);

    private static Lsn notAsked() {
        throw new AssertionError("the primary was asked");
    }

    private static Stamp at(long position) {
        return Stamp.of(1, position);
    }

    private void seen(long position, @Nullable Lsn lsn, Cause.Kind kind, @Nullable String source) {
        commits.seen(
                0,
                at(position),
                new Event.Invalidation(
                        "id",
                        new Target.OfKey(new Namespace("n"), new EntryKey("k")),
                        Mode.HARD,
                        lsn,
                        Cause.of(kind, source, null),
                        Instant.EPOCH));
    }

    @Test
    void shouldNeedWhatFollowsTheHighestCommitOfThePartition() {
        // given
        seen(1, new Lsn(500), Cause.Kind.CDC, "primary");
        seen(2, new Lsn(400), Cause.Kind.SQL, "primary");
        // when
        Lsn needed = commits.needed(0, SeenCommitsTest::notAsked);
        // then it is where the commit's record begins, so its end must be past it
        assertThat(needed).isEqualTo(new Lsn(501));
        assertThat(commits.needed(1, SeenCommitsTest::notAsked)).isEqualTo(new Lsn(0));
    }

    @Test
    void shouldNotNeedCommitsOfOtherDatabases() {
        // given
        seen(1, new Lsn(500), Cause.Kind.CDC, "archive");
        // when
        Lsn needed = commits.needed(0, SeenCommitsTest::notAsked);
        // then
        assertThat(needed).isEqualTo(new Lsn(0));
    }

    @Test
    void shouldAskThePrimaryOnceForARecordWithoutLsn() {
        // given
        seen(1, null, Cause.Kind.REST, "node");
        // when
        Lsn needed = commits.needed(0, () -> new Lsn(700));
        // then
        assertThat(needed).isEqualTo(new Lsn(700));
        assertThat(commits.needed(0, SeenCommitsTest::notAsked)).isEqualTo(new Lsn(700));
    }

    @Test
    void shouldAskAgainForARecordThatCameWhileThePrimaryWasAsked() {
        // given
        seen(1, null, Cause.Kind.REST, null);
        commits.needed(
                0,
                () -> {
                    seen(2, null, Cause.Kind.KAFKA, null);
                    return new Lsn(700);
                });
        // when
        Lsn needed = commits.needed(0, () -> new Lsn(800));
        // then
        assertThat(needed).isEqualTo(new Lsn(800));
    }

    @Test
    void shouldAskThePrimaryForWhatWasConsumedBeforeTheStartOrIsLost() {
        // given
        commits.unknown(0, at(100));
        // when
        Lsn needed = commits.needed(0, () -> new Lsn(700));
        // then
        assertThat(needed).isEqualTo(new Lsn(700));
    }
}
