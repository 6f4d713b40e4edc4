package io.freshet.infra.local.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartTest {
    @Test
    void shouldStopEachPartBeforeWhatItNeeds() {
        List<Part> stopped = new ArrayList<>();

        Part.STOP_ORDER.forEach(group -> {
            for (Part part : group) {
                assertThat(part.needs()).as(part.label()).noneMatch(stopped::contains);
            }
            stopped.addAll(group);
        });

        assertThat(stopped).containsExactlyInAnyOrder(Part.values());
    }

    @Test
    void shouldStartTheServersBeforeTheServices() {
        assertThat(Part.KAFKA.needs()).isEmpty();
        assertThat(Part.WARMER_WORKER.needs())
                .containsExactlyInAnyOrder(Part.REDIS, Part.POSTGRES, Part.KAFKA);
    }

    @Test
    void shouldBeFoundByItsLabel() {
        assertThat(Part.labelled("cdc-connector")).contains(Part.CDC_CONNECTOR);
        assertThat(Part.labelled("CDC_CONNECTOR")).isEmpty();
    }
}
