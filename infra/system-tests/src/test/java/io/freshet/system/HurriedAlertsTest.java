package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HurriedAlertsTest {

    private static final String TIME = "(?<=for: |\\[)\\d+(?:ms|[smhd])";

    @Test
    void shouldBeWhatUsersRunButForItsTimes() throws Exception {
        String committed = Files.readString(HurriedAlerts.COMMITTED);

        String hurried = HurriedAlerts.of(committed);

        assertThat(hurried.replaceAll(TIME, "")).isEqualTo(committed.replaceAll(TIME, ""));
        assertThat(hurried)
                .contains("for: 6000ms", "[4000ms]", "[36000ms]")
                .doesNotContainPattern("(for: |\\[)\\d+[smhd]\\b");
    }

    @Test
    void shouldBeRulesThatPrometheusTakes(@TempDir Path directory) throws Exception {
        PrometheusTools.promtool("check", "rules", HurriedAlerts.in(directory).toString());
    }
}
