package io.freshet.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.freshet.system.Cities.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.freshet.system.Cities.City;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** J5: the console, in a browser, on a running system. */
class LiveConsoleIT {

    private static final String SESSIONS = "sessions";
    private static final String UNRULED = "console-unruled";
    private static final String SLOW = "console-slow";
    private static final double PATIENCE_MS = 30_000;

    private static InstalledChromium chromium;

    private final LocalSystem system = LocalSystem.shared();
    private final CacheClient client = new CacheClient(system);
    private OpenConsole console;

    @BeforeAll
    static void startBrowser() {
        chromium = InstalledChromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        console = new OpenConsole(chromium.browser(), system, ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        console.close();
    }

    /** Signs in, and waits until invalidations are told. */
    private void signIn() {
        console.signIn(system.token());
        assertThat(console.section("Invalidations").getByText("live", exactly())).isVisible(late());
    }

    @Test
    void shouldAskForTheRightToken() {
        console.signIn("another");

        assertThat(console.page().getByRole(AriaRole.ALERT)).containsText("not the one");
        assertThat(console.heading("Namespaces")).isHidden();
    }

    @Test
    void shouldShowHitRatesUnderLoad() throws Exception {
        City city;
        try (var cities = new Cities(system)) {
            city = cities.take();
        }
        signIn();

        await().atMost(Duration.ofMillis((long) PATIENCE_MS))
                .until(() -> {
                    client.get(NAMESPACE, city.key());
                    return console.cell(NAMESPACE, 0).textContent().matches("[1-9][0-9.]* %");
                });

        assertThat(console.cell(NAMESPACE, 1).textContent()).matches("[0-9.,]+");
        assertThat(console.cell(NAMESPACE, 4)).containsText("in window", within());
        assertThat(console.page().locator("#hit-rate-chart")).isVisible();
        assertThat(console.errors()).isEmpty();
    }

    /** X6: a table that no rule names is changed. */
    @Test
    void shouldShowHowConsistentANamespaceIsAndWhatWasFoundLast() throws Exception {
        execute("DROP TABLE IF EXISTS public.console_unruled");
        execute("CREATE TABLE public.console_unruled (id text PRIMARY KEY, value int)");
        execute("INSERT INTO public.console_unruled VALUES ('the-key', 0)");
        client.declare(
                UNRULED,
                """
                {"source": {"sql": "SELECT id, value FROM public.console_unruled WHERE id = :key"}}
                """);
        try {
            // It is not kept before the buckets of the new namespace have their markers.
            await().until(() -> client.get(UNRULED, "the-key").tier().equals("l1"));
            signIn();

            execute("UPDATE public.console_unruled SET value = 1");

            var consistency = console.cell(UNRULED, 5);
            // The verifier walks through what is cached a key a second, one namespace after
            // another.
            assertThat(consistency)
                    .containsText("rule-missing: the-key", within().setTimeout(4 * PATIENCE_MS));
            assertThat(consistency).containsText(Pattern.compile("[0-9.]+ nines"), within());
            assertThat(consistency).containsText(Pattern.compile("[1-9]\\d* of \\d+ wrong"));
            assertThat(console.cell(SESSIONS, 5)).containsText("not checked");
        } finally {
            client.delete("/namespaces/" + UNRULED);
        }
    }

    /** F4: each load takes half a second, so that the job is still running. */
    @Test
    void shouldCancelAWarmJob() {
        client.declare(SLOW, "{\"source\": {\"sql\": \"SELECT :key AS id, pg_sleep(0.5)\"}}");
        try {
            signIn();
            String keys =
                    IntStream.range(0, 90)
                            .mapToObj(key -> "\"" + key + "\"")
                            .collect(Collectors.joining(","));
            client.post("/" + SLOW + "/warm", "{\"keys\": [" + keys + "]}");

            console.button("Cancel warming " + SLOW)
                    .click(new Locator.ClickOptions().setTimeout(PATIENCE_MS));

            var job =
                    console.section("Warming")
                            .getByRole(AriaRole.LISTITEM)
                            .filter(new Locator.FilterOptions().setHasText(SLOW));
            assertThat(job).containsText("cancelled", within());
            assertThat(console.button("Cancel warming " + SLOW)).isHidden();
        } finally {
            client.delete("/namespaces/" + SLOW);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = system.database();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void shouldShowAnUpdateOfARowAsItComesInForce() throws Exception {
        signIn();

        City city;
        try (var cities = new Cities(system)) {
            city = cities.take();
            cities.rename(city, "Seen in the console");
        }

        assertThat(console.invalidations(city.key()).first()).containsText("row change", within());
    }

    @Test
    void shouldExplainAKey() throws Exception {
        City city;
        try (var cities = new Cities(system)) {
            city = cities.take();
        }
        client.get(NAMESPACE, city.key());
        signIn();

        var explain = console.section("Explain a key");
        explain.getByLabel("Namespace").selectOption(NAMESPACE);
        explain.getByLabel("Key").fill(city.key());
        explain.getByLabel("Key").press("Enter");

        assertThat(explain.getByText("fresh", exactly())).isVisible(late());
        assertThat(explain).containsText("nothing that it falls under was invalidated");
    }

    @Test
    void shouldPurgeWithTheKeyboardAloneAndOnlyAfterADryRun() throws Exception {
        List<City> some;
        try (var cities = new Cities(system)) {
            some = cities.of("LI", 5);
        }
        some.forEach(city -> client.get(NAMESPACE, city.key()));
        signIn();
        var purge = console.section("Purge");
        var now = purge.getByRole(AriaRole.BUTTON).nth(1);
        assertThat(now).isHidden();

        console.press("p");
        console.type("country:LI");
        console.press("Shift+Tab", "Shift+Tab");
        console.type(NAMESPACE);
        console.press("Tab", "Tab", "Enter");
        assertThat(now).isFocused(new LocatorAssertions.IsFocusedOptions().setTimeout(PATIENCE_MS));
        assertThat(now).hasText(Pattern.compile("Purge (about )?\\d+ entr(y|ies)"));
        assertThat(client.get(NAMESPACE, some.getFirst().key()).isHit()).isTrue();
        console.press("Enter");

        assertThat(purge).containsText("It is in force", within());
        assertThat(client.get(NAMESPACE, some.getFirst().key()).tier()).isEqualTo("source");
        assertThat(console.invalidations("country:LI").first()).containsText("REST", within());
    }

    @Test
    void shouldBeginWithALinkToTheContentAndListItsShortcuts() {
        signIn();

        console.page().reload();
        console.press("Tab");
        assertThat(console.page().getByText("Skip to the content")).isFocused();
        console.press("Enter", "?");
        assertThat(console.page().getByRole(AriaRole.DIALOG)).containsText("Explain a key");
        console.press("Escape");
        assertThat(console.page().getByRole(AriaRole.DIALOG)).isHidden();
    }

    @Test
    void shouldFollowTheSystemIntoTheDarkAndBeSwitched() {
        try (var dark = new OpenConsole(chromium.browser(), system, ColorScheme.DARK)) {
            String night = background(dark);
            String day = background(console);
            assertThat(night).isNotEqualTo(day);

            dark.button("Switch to the light theme").click();
            assertThat(background(dark)).isEqualTo(day);
            dark.page().reload();
            assertThat(background(dark)).isEqualTo(day);
        }
    }

    private static String background(OpenConsole console) {
        return console.page()
                .evaluate("getComputedStyle(document.body).backgroundColor")
                .toString();
    }

    @Test
    void shouldShowAKeyOfMarkupAsText() {
        String key = "<img src=x onerror=\"document.title='taken'\">" + UUID.randomUUID();
        client.put(SESSIONS, key, "{\"value\":\"<b>bold</b>\"}");
        signIn();

        client.post(
                "/invalidate",
                "{\"namespace\":\"sessions\",\"key\":\"%s\"}".formatted(key.replace("\"", "\\\"")));
        console.invalidations(key)
                .last()
                .getByRole(AriaRole.BUTTON)
                .click(new Locator.ClickOptions().setTimeout(PATIENCE_MS));

        assertThat(console.section("Explain a key").getByText("absent", exactly()))
                .isVisible(late());
        assertThat(console.section("Explain a key")).containsText("sessions / " + key);
        assertThat(console.page().locator("main img, main b").count()).isZero();
        assertThat(console.page().title()).isEqualTo("Freshet console");
        assertThat(console.errors()).isEmpty();
    }

    @Test
    void shouldComeBackWhenTheNodeDoes() throws Exception {
        signIn();

        system.killAndAwaitRestart(Service.API_SERVICE);
        City city;
        try (var cities = new Cities(system)) {
            city = cities.take();
            cities.rename(city, "Seen after the restart");
        }

        assertThat(console.invalidations(city.key()).first()).isVisible(late());
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    private static LocatorAssertions.IsVisibleOptions late() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS);
    }

    private static LocatorAssertions.ContainsTextOptions within() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS);
    }
}
