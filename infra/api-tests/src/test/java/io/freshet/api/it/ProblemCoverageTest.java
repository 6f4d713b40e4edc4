package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.problem.ProblemCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void shouldDescribeEveryCodeForCallers(ProblemCode code) throws Exception {
        assertThat(Path.of("..", "..", "docs", "rest.md"))
                .content()
                .containsPattern(
                        "(?m)^\\|.*`%s`.* \\| %d \\|".formatted(code.code(), code.status()));
    }
}
