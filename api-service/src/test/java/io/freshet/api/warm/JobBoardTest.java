package io.freshet.api.warm;

import static io.freshet.contracts.event.WarmProgress.State.CANCELLED;
import static io.freshet.contracts.event.WarmProgress.State.DONE;
import static io.freshet.contracts.event.WarmProgress.State.FAILED;
import static io.freshet.contracts.event.WarmProgress.State.INCOMPLETE;
import static io.freshet.contracts.event.WarmProgress.State.QUEUED;
import static io.freshet.contracts.event.WarmProgress.State.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.WarmJob;
import io.freshet.contracts.event.WarmJob.Selection;
import io.freshet.contracts.event.WarmProgress;
import io.freshet.contracts.event.WarmProgress.State;
import io.freshet.contracts.event.WarmProgress.Tally;
import io.freshet.contracts.id.Namespace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** F4: progress of a job whose parts several workers carry out. */
class JobBoardTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final WarmJob JOB =
            new WarmJob("j1", new Namespace("cities"), new Selection.Top(250), "test", NOON);

    private final JobBoard board = new JobBoard(2);

    @Test
    void shouldAddUpWhatThePartsTell() {
        board.begin(JOB);
        board.update(divided());
        board.update(part(1, DONE, new Tally(100, 90, 5, 3, 2, 0)));

        board.update(part(3, RUNNING, new Tally(48, 7, 0, 0, 0, 0)));

        assertThat(found().tally()).isEqualTo(new Tally(248, 97, 5, 3, 2, 2));
        assertThat(found().state()).isEqualTo(RUNNING);
    }

    @Test
    void shouldBeOverWhenEveryPartIs() {
        board.update(divided());
        board.update(part(1, DONE, Tally.of(100)));
        board.update(part(2, DONE, Tally.of(100)));
        assertThat(found().state()).isEqualTo(RUNNING);

        board.update(part(3, DONE, Tally.of(48)));

        assertThat(found().state()).isEqualTo(DONE);
    }

    @Test
    void shouldHaveFailedOrBeenCancelledWhenAPartWas() {
        board.update(divided());
        board.update(part(1, DONE, Tally.of(100)));
        board.update(part(2, CANCELLED, Tally.of(100)));
        board.update(part(3, DONE, Tally.of(48)));
        assertThat(found().state()).isEqualTo(CANCELLED);

        board.update(part(3, FAILED, Tally.of(48)));

        assertThat(found().state()).isEqualTo(FAILED);
    }

    @Test
    void shouldNotBeDoneWhenAPartLeftKeysThatFailed() {
        board.update(divided());
        board.update(part(1, DONE, new Tally(100, 100, 0, 0, 0, 0)));
        board.update(part(2, INCOMPLETE, new Tally(100, 97, 0, 0, 3, 0)));

        board.update(part(3, DONE, new Tally(48, 48, 0, 0, 0, 0)));

        assertThat(found().state()).isEqualTo(INCOMPLETE);
        assertThat(found().tally().failed()).isEqualTo(3);
    }

    @Test
    void shouldTakeThePartsOfAJobThatItHearsOfLater() {
        board.update(part(1, DONE, new Tally(100, 100, 0, 0, 0, 0)));
        assertThat(found().state()).isEqualTo(RUNNING);

        board.update(divided());
        board.update(WarmProgress.of(JOB, QUEUED, Tally.NONE, NOON));

        assertThat(found().tally().loaded()).isEqualTo(100);
        assertThat(found().state()).isEqualTo(RUNNING);
    }

    @Test
    void shouldForgetWhatItHeardOfLongestAgo() {
        board.update(divided());
        board.update(progress("j2", NOON));

        board.update(progress("j3", NOON.plusSeconds(1)));

        assertThat(board.find("j1")).isEmpty();
        assertThat(board.latest(5)).extracting(WarmProgress::id).isEqualTo(List.of("j3", "j2"));
    }

    private WarmProgress found() {
        return board.find("j1").orElseThrow();
    }

    private static WarmProgress divided() {
        return WarmProgress.divided(JOB, 3, RUNNING, new Tally(248, 0, 0, 0, 0, 2), NOON);
    }

    private static WarmProgress part(int number, State state, Tally tally) {
        return WarmProgress.of(JOB.part(number, List.of()), state, tally, NOON);
    }

    private static WarmProgress progress(String id, Instant at) {
        var job = new WarmJob(id, JOB.namespace(), JOB.selection(), "test", at);
        return WarmProgress.of(job, RUNNING, Tally.NONE, at);
    }
}
