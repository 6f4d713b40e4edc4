package io.freshet.infra.local.view;

/** How a piece of text is set off from the rest, on terminals that can. */
public enum Style {
    PLAIN("0"),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    BAD("31"),
    BUSY("33"),
    NOTE("36");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
