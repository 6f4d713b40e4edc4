package io.freshet.infra.local.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void shouldUseTheUsualPorts() {
        Ports ports = Ports.choose(Map.of(), _ -> null, 0);

        assertThat(ports.of(Port.API)).isEqualTo(7400);
        assertThat(ports.of(Port.MANAGEMENT)).isEqualTo(7401);
        assertThat(ports.of(Port.CDC)).isEqualTo(7402);
        assertThat(ports.of(Port.STREAM)).isEqualTo(7403);
        assertThat(ports.of(Port.WARMER)).isEqualTo(7404);
        assertThat(ports.of(Port.KAFKA)).isEqualTo(7492);
        assertThat(ports.of(Port.KAFKA_CONTROLLER)).isEqualTo(7493);
        assertThat(ports.of(Port.POSTGRES)).isEqualTo(7432);
        assertThat(ports.of(Port.REDIS)).isEqualTo(7479);
    }

    @Test
    void shouldPreferTheOptionToTheEnvironmentToTheUsual() {
        var environment = Map.of("FRESHET_API_PORT", "8001", "FRESHET_REDIS_PORT", " 8002 ");

        Ports ports = Ports.choose(Map.of(Port.API, 9001), environment::get, 0);

        assertThat(ports.of(Port.API)).isEqualTo(9001);
        assertThat(ports.of(Port.REDIS)).isEqualTo(8002);
        assertThat(ports.of(Port.KAFKA)).isEqualTo(7492);
    }

    @Test
    void shouldShiftOnlyWhatNobodyChose() {
        Ports ports = Ports.choose(Map.of(Port.API, 9001), _ -> null, 100);

        assertThat(ports.of(Port.API)).isEqualTo(9001);
        assertThat(ports.of(Port.POSTGRES)).isEqualTo(7532);
    }

    @Test
    void shouldRefuseTwoPartsOnOnePort() {
        assertThatThrownBy(() -> Ports.choose(Map.of(Port.API, 7401), _ -> null, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--api-port and --management-port both say 7401");
    }

    @Test
    void shouldRefuseWhatIsNoPort() {
        assertThatThrownBy(() -> Ports.choose(Map.of(Port.API, 65536), _ -> null, 0))
                .hasMessageContaining("--api-port: 65536");
        assertThatThrownBy(() ->
                        Ports.choose(
                                Map.of(), Map.of("FRESHET_KAFKA_CONTROLLER_PORT", "x")::get, 0))
                .hasMessage("FRESHET_KAFKA_CONTROLLER_PORT: 'x' is no number");
    }
}
