package io.freshet.infra.check.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.freshet.infra.local.layout.Part;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {

    @Test
    void shouldKillEveryPart() {
        assertThat(Faults.byName())
                .containsKeys(
                        Arrays.stream(Part.values())
                                .map(part -> "kill-" + part.label())
                                .toArray(String[]::new));
    }

    @Test
    void shouldStrikeInTheOrderThatWasAskedFor() {
        assertThat(Faults.named(List.of("flush-redis", "drop-slot")).keySet())
                .containsExactly("flush-redis", "drop-slot");
    }

    @Test
    void shouldRefuseAnUnknownName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Faults.named(List.of("kill-everything")))
                .withMessageContaining("--list-faults");
    }
}
