package io.freshet.infra.local.launch;

import static io.freshet.infra.local.launch.StandInInstance.START;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.TakenPort;
import io.freshet.infra.local.supervision.InstanceStatus.Phase;
import io.freshet.infra.local.supervision.PartStartException;
import io.freshet.infra.local.supervision.PartStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts and stops of whole instances. */
class LifeCycleIT {
    private final StandInInstance instance;

    LifeCycleIT() throws IOException {
        instance = new StandInInstance();
    }

    @AfterEach
    void remove() throws IOException {
        instance.close();
    }

    @Test
    void shouldLeaveNothingRunningWhenStopped() throws Exception {
        instance.start(Map.of(StandInService.STUBBORN, "1"));
        List<Long> pids = instance.status().parts().stream().map(PartStatus::pid).toList();

        long began = System.nanoTime();
        boolean cameUp = instance.stop();

        assertThat(cameUp).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        assertThat(pids)
                .hasSize(7)
                .allMatch(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(TakenPort.among(instance.addresses().ports())).isEmpty();
        assertThat(instance.directory().environmentFile()).doesNotExist();
        assertThat(instance.directory().pidFile(Part.KAFKA)).doesNotExist();
        assertThat(instance.status().phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void shouldKeepWhatTheUserChanged() throws Exception {
        instance.start(Map.of());
        instance.update("UPDATE cities SET name = 'Mokum' WHERE id = 2759794");
        instance.stop();

        instance.start(Map.of());

        assertThat(instance.update("UPDATE cities SET name = 'x' WHERE name = 'Mokum'"))
                .isEqualTo(1);
    }

    @Test
    void shouldStopEverythingAndSayWhyWhenAServiceDoesNotComeUp() throws Exception {
        var services = instance.standIns(Map.of());
        services.put(
                Part.API_SERVICE,
                () -> {
                    throw new PartStartException("no such jar", new IOException());
                });

        boolean cameUp = instance.run(services).get(START.toSeconds(), SECONDS);

        assertThat(cameUp).isFalse();
        assertThat(instance.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(instance.status().message()).isEqualTo("api-service: no such jar");
        assertThat(TakenPort.among(instance.addresses().ports())).isEmpty();
        assertThat(instance.directory().environmentFile()).doesNotExist();
    }
}
