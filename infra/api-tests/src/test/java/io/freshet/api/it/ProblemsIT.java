package io.freshet.api.it;

import io.freshet.api.HttpAnswer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every problem that a running service answers, over HTTP (I5). */
@ExtendWith(SharedService.class)
class ProblemsIT {

    private final RunningService service;

    ProblemsIT(RunningService service) {
        this.service = service;
    }

    static Stream<Provocation> provocations() {
        return Provocations.all();
    }

    @ParameterizedTest
    @MethodSource("provocations")
    void shouldAnswerWithAProblemThatSaysWhatToDo(Provocation provocation) throws Exception {
        // when
        HttpAnswer answer = provocation.request().on(service);

        // then
        ProblemDocument.of(answer).requireThat(provocation.code(), provocation.says());
    }
}
