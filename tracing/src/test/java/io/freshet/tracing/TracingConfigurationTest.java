package io.freshet.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.trace.Tracer;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TracingConfigurationTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(TracingConfiguration.class));

    @Test
    void shouldBeOffByDefault() {
        runner.run(context -> {
            assertThat(context.getBean(Tracer.class)).isSameAs(Tracer.off());
            assertThat(context.getBean(TracingSettings.class))
                    .isEqualTo(
                            new TracingSettings(
                                    false, URI.create("http://localhost:4318/v1/traces"), 0.01));
        });
    }

    @Test
    void shouldBeOnWhenItIsTold() {
        runner.withPropertyValues("freshet.tracing.enabled=true")
                .run(context -> assertThat(context.getBean(Tracer.class).isOn()).isTrue());
    }

    @Test
    void shouldRefuseAShareThatIsNone() {
        runner.withPropertyValues("freshet.tracing.sample=2")
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessageContaining("freshet.tracing.sample must be 0 to 1"));
    }
}
