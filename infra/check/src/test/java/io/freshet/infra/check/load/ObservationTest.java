package io.freshet.infra.check.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.check.history.History;
import io.freshet.infra.check.history.Judge;
import io.freshet.infra.check.history.Read;
import io.freshet.infra.check.history.Register;
import io.freshet.infra.check.history.State;
import io.freshet.infra.check.history.Violation;
import io.freshet.infra.check.history.Write;
import io.freshet.infra.check.instance.Api.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ObservationTest {

    private static final String VALUE =
            """
            {"key": "shelf-1.item-0001", "version": 7, "grp": "group-3", "grp_version": 4,
             "shelf": "shelf-1", "shelf_version": 5, "world_version": 6}\
            """;

    private final History history = new History();

    @Test
    void shouldJudgeWhatAValueHasInCommonWithOthersToo() {
        commit("shelf-1.item-0001", 7);
        commit("group-3", 4);
        commit("group-3", 9);
        commit("shelf-1", 5);
        commit("world", 6);

        observe(new Answer(200, "l1", false, new JsonMapper().readTree(VALUE)));

        assertThat(new Judge(Duration.ZERO).judge(history).violations())
                .extracting(Violation::register)
                .containsExactly(new Register("group-3"));
    }

    @Test
    void shouldTakeAMissForAnAbsentRow() {
        commit("shelf-1.item-0001", 7);

        observe(new Answer(404, "", false, new JsonMapper().readTree("{}")));

        assertThat(new Judge(Duration.ZERO).judge(history).violationCount()).isEqualTo(1);
    }

    private void commit(String register, long version) {
        history.wrote(new Register(register), new Write(State.version(version), version, version));
    }

    private void observe(Answer answer) {
        new Observation("shelf-1.item-0001", answer)
                .noteIn(
                        history,
                        state -> new Read(state, 1_000, 2_000, Read.NOTHING_DEMANDED, "node-1"));
    }
}
