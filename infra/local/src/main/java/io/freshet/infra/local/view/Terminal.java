package io.freshet.infra.local.view;

import java.io.PrintStream;
import java.util.List;

/**
 * Where the launcher writes. On a terminal it colours text and redraws a block of lines in place;
 * elsewhere it does neither. Safe for use by several threads.
 */
public final class Terminal {
    /**
     * The system property by which the {@code freshet} script says that the output is a terminal.
     */
    public static final String PROPERTY = "freshet.terminal";

    private static final String ESCAPE = "\u001b[";

    /** Lines are cut at the edge while a block is drawn: a wrapped one would spoil the count. */
    private static final String CUT = ESCAPE + "?7l";

    private static final String WRAP = ESCAPE + "?7h";

    private final PrintStream out;
    private final boolean interactive;
    private final boolean coloured;
    private int blockHeight;

    public Terminal(PrintStream out, boolean interactive, boolean coloured) {
        this.out = out;
        this.interactive = interactive;
        this.coloured = coloured;
    }

    /** The standard output; colours only on a terminal, and not if {@code NO_COLOR} is set. */
    public static Terminal standard() {
        boolean interactive = Boolean.getBoolean(PROPERTY);
        return new Terminal(
                System.out, interactive, interactive && System.getenv("NO_COLOR") == null);
    }

    public boolean isInteractive() {
        return interactive;
    }

    public String style(Style style, String text) {
        return coloured && style != Style.PLAIN
                ? ESCAPE + style.code() + "m" + text + ESCAPE + "0m"
                : text;
    }

    /** Writes a line below everything, the block included, which then stays as it is. */
    public synchronized void line(String text) {
        blockHeight = 0;
        out.println(text);
        out.flush();
    }

    /** Draws a block over the one drawn before; on anything but a terminal it draws nothing. */
    public synchronized void block(List<String> lines) {
        if (!interactive) {
            return;
        }
        var text = new StringBuilder(CUT);
        if (blockHeight > 0) {
            text.append(ESCAPE).append(blockHeight).append('A');
        }
        for (String line : lines) {
            text.append('\r').append(line).append(ESCAPE).append("K\n");
        }
        text.append(ESCAPE).append('J').append(WRAP);
        blockHeight = lines.size();
        out.print(text);
        out.flush();
    }
}
