package io.freshet.system;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;

/**
 * The console in a browser that knows nothing of earlier visits, as a person finds things there.
 */
final class OpenConsole implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();

    OpenConsole(Browser browser, LocalSystem system, ColorScheme scheme) {
        context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(1280, 900)
                                .setColorScheme(scheme));
        page = context.newPage();
        page.onConsoleMessage(this::note);
        page.onPageError(errors::add);
        page.navigate(system.api() + "/console/");
    }

    private void note(ConsoleMessage message) {
        if (message.type().equals("error")) {
            errors.add(message.text());
        }
    }

    OpenConsole signIn(String token) {
        page.getByLabel("Token").fill(token);
        button("Sign in").click();
        return this;
    }

    /** What the browser complained of: failures of scripts, and what the page's policy refused. */
    List<String> errors() {
        return errors;
    }

    Page page() {
        return page;
    }

    Locator section(String title) {
        return page.getByRole(AriaRole.REGION, namedExactly(title));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    Locator heading(String text) {
        return page.getByRole(AriaRole.HEADING, named(text));
    }

    /** Cells of the table of namespaces. */
    Locator cell(String namespace, int column) {
        return section("Namespaces")
                .getByRole(AriaRole.ROW)
                .filter(
                        new Locator.FilterOptions()
                                .setHas(
                                        page.getByRole(
                                                AriaRole.ROWHEADER, namedExactly(namespace))))
                .getByRole(AriaRole.CELL)
                .nth(column);
    }

    /** Invalidations that are shown and say this. */
    Locator invalidations(String text) {
        return section("Invalidations")
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(text));
    }

    void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    void type(String text) {
        page.keyboard().type(text);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions namedExactly(String name) {
        return named(name).setExact(true);
    }

    @Override
    public void close() {
        context.close();
    }
}
