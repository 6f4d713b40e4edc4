package io.freshet.infra.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.Part;
import io.freshet.infra.local.layout.Ports;
import io.freshet.infra.local.layout.Secret;
import io.freshet.infra.local.layout.VarDirectory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceEnvironmentTest {
    private final Addresses addresses =
            new Addresses(
                    Ports.choose(Map.of(), _ -> null, 0), new Secret("token"), new Secret("pass"));
    private final ServiceEnvironment environment =
            new ServiceEnvironment(
                    addresses,
                    new VarDirectory(Path.of("/var")),
                    new DemoFiles(Path.of("/rules"), Path.of("/namespaces")));

    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"API_SERVICE", "CDC_CONNECTOR", "INVALIDATION_STREAM", "WARMER_WORKER"})
    void shouldTellEachServiceWhereTheServersAre(Part service) {
        assertThat(environment.of(service))
                .containsEntry("SERVER_ADDRESS", "127.0.0.1")
                .containsEntry("FRESHET_KAFKA_BOOTSTRAPSERVERS", "127.0.0.1:7492")
                .containsEntry("FRESHET_REDIS_URI", "redis://127.0.0.1:7479")
                .containsEntry("FRESHET_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:7432/freshet")
                .containsEntry("FRESHET_POSTGRES_USER", "freshet")
                .containsEntry("FRESHET_POSTGRES_PASSWORD", "pass");
    }

    @Test
    void shouldGiveTheTokenToTheApiAndToWhoVerifiesIt() {
        assertThat(environment.of(Part.API_SERVICE))
                .containsEntry("FRESHET_API_TOKEN", "token")
                .containsEntry("FRESHET_API_NAMESPACESFILE", "/namespaces")
                .containsEntry("SERVER_PORT", "7400")
                .containsEntry("MANAGEMENT_SERVER_PORT", "7401")
                .containsEntry("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        assertThat(environment.of(Part.WARMER_WORKER))
                .containsEntry("FRESHET_VERIFIER_NODES", "http://127.0.0.1:7400")
                .containsEntry("FRESHET_VERIFIER_TOKEN", "token");
        assertThat(environment.of(Part.INVALIDATION_STREAM)).doesNotContainValue("token");
    }

    @Test
    void shouldLetTheOthersShowTheirHealthOnTheirOnePort() {
        assertThat(environment.of(Part.CDC_CONNECTOR))
                .containsEntry("SERVER_PORT", "7402")
                .doesNotContainKeys("MANAGEMENT_SERVER_PORT", "MANAGEMENT_SERVER_ADDRESS");
    }

    @Test
    void shouldKeepTheClientsVariablesFromTheServices() {
        assertThat(ServiceEnvironment.notInherited(addresses))
                .contains("FRESHET_KAFKA", "FRESHET_TOKEN", "FRESHET_API_PORT", "FRESHET_VAR");
    }

    @Test
    void shouldPutNoSecretOnACommandLine() {
        assertThat(JavaCommand.forService(Part.API_SERVICE, Path.of("/x.jar"), " -Xmx1g  -Da=b "))
                .endsWith("-Xmx1g", "-Da=b", "-jar", "/x.jar")
                .noneMatch(word -> word.contains("token") || word.contains("pass"));
    }
}
