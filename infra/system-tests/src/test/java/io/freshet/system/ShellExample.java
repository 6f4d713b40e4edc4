package io.freshet.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example of a page: a block of shell commands, and the block of answers that stands right
 * behind it.
 *
 * @param commands as they stand there
 * @param answers what the page says that they print; empty when it says nothing
 */
record ShellExample(String commands, String answers) {

    private static final Pattern BLOCK =
            Pattern.compile(
                    "^```sh\\n(?<commands>.*?)^```\\n(?:\\n```(?:json)?\\n(?<answers>.*?)^```\\n)?",
                    Pattern.DOTALL | Pattern.MULTILINE);

    private static final String END = "--- end of example";

    /** All examples of a page, in order. */
    static List<ShellExample> of(String page) {
        return BLOCK.matcher(page).results().map(ShellExample::of).toList();
    }

    private static ShellExample of(MatchResult block) {
        String answers = block.group("answers");
        return new ShellExample(block.group("commands"), answers == null ? "" : answers);
    }

    /** One script that runs all of them in one shell, and stops where a command fails. */
    static String script(List<ShellExample> examples) {
        var script = new StringBuilder("set -euo pipefail\n");
        for (ShellExample example : examples) {
            script.append(example.commands).append("echo; echo '" + END + "'\n");
        }
        return script.toString();
    }

    /** What each example printed, as far as the script came. */
    static List<String> printed(String output) {
        var printed = new ArrayList<String>();
        Matcher end = Pattern.compile("\\n" + END + "\\n").matcher(output);
        int from = 0;
        while (end.find()) {
            printed.add(output.substring(from, end.start()));
            from = end.end();
        }
        return printed;
    }
}
