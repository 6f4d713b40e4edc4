package io.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is wrong with a dashboard before anybody looks at it. */
class DashboardsTest {

    private static final String DATASOURCE = "freshet-prometheus";
    private static final Pattern VARIABLE = Pattern.compile("\\$([a-z]\\w*)");

    @Test
    void shouldTellWhatEachPanelShows() {
        assertThat(Dashboards.all())
                .hasSize(5)
                .allSatisfy(dashboard -> {
                    assertThat(dashboard.path("description").asString()).isNotBlank();
                    for (JsonNode panel : dashboard.path("panels")) {
                        assertThat(panel.path("title").asString()).isNotBlank();
                        if (!isRow(panel)) {
                            assertThat(panel.path("description").asString())
                                    .as("%s: %s", dashboard.path("title"), panel.path("title"))
                                    .isNotBlank();
                            assertThat(panel.at("/fieldConfig/defaults/unit").asString())
                                    .isNotBlank();
                            assertThat(panel.path("targets")).isNotEmpty();
                        }
                    }
                });
    }

    @Test
    void shouldAskTheDataSourceThatIsProvisioned() {
        assertThat(Dashboards.all())
                .allSatisfy(dashboard ->
                        assertThat(dashboard.findValues("datasource"))
                                .isNotEmpty()
                                .allSatisfy(source ->
                                        assertThat(source.path("uid").asString())
                                                .isEqualTo(DATASOURCE)));
    }

    @Test
    void shouldUseEachVariableThatIsDefinedAndNoOther() {
        assertThat(Dashboards.all())
                .allSatisfy(dashboard -> {
                    Set<String> defined =
                            dashboard
                                    .at("/templating/list")
                                    .valueStream()
                                    .map(variable -> variable.path("name").asString())
                                    .collect(Collectors.toSet());
                    Set<String> used =
                            dashboard.findValuesAsString("expr").stream()
                                    .flatMap(expression -> VARIABLE.matcher(expression).results())
                                    .map((MatchResult variable) -> variable.group(1))
                                    .collect(Collectors.toSet());
                    assertThat(used).as(dashboard.path("title").asString()).isEqualTo(defined);
                });
    }

    @Test
    void shouldPutEachPanelInAPlaceOfItsOwn() {
        assertThat(Dashboards.all())
                .allSatisfy(dashboard -> {
                    var ids = new HashSet<Integer>();
                    var cells = new HashSet<Long>();
                    for (JsonNode panel : dashboard.path("panels")) {
                        assertThat(ids.add(panel.path("id").asInt())).isTrue();
                        JsonNode at = panel.path("gridPos");
                        int right = at.path("x").asInt() + at.path("w").asInt();
                        assertThat(right).isLessThanOrEqualTo(24);
                        for (int x = at.path("x").asInt(); x < right; x++) {
                            for (int y = at.path("y").asInt();
                                    y < at.path("y").asInt() + at.path("h").asInt();
                                    y++) {
                                assertThat(cells.add(x * 10_000L + y))
                                        .as("%s: %s", dashboard.path("title"), panel.path("title"))
                                        .isTrue();
                            }
                        }
                    }
                });
    }

    private static boolean isRow(JsonNode panel) {
        return panel.path("type").asString().equals("row");
    }
}
