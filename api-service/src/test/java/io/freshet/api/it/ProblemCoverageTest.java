package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.problem.ProblemCode;
import org.junit.jupiter.api.Test;

class ProblemCoverageTest {

    @Test
    void shouldProvokeEveryCodeOrSayWhyNot() {
        assertThat(Provocations.accountedFor())
                .as("add a Provocation or an Outage for a new code")
                .containsExactlyInAnyOrder(ProblemCode.values());
    }

    @Test
    void shouldNotExcuseACodeThatIsProvoked() {
        assertThat(Provocations.UNPROVOKED.keySet())
                .doesNotContainAnyElementsOf(Provocations.codes());
    }
}
