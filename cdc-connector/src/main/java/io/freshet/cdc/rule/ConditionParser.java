package io.freshet.cdc.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads conditions: what SQL's WHERE knows of comparisons, {@code in}, {@code is null}, {@code
 * and}, {@code or}, {@code not} and parentheses.
 *
 * <pre>
 * either  = both { "or" both }
 * both    = single { "and" single }
 * single  = "not" single | "(" either ")" | column [ test ]
 * test    = comparison ( column | value ) | [ "not" ] "in" "(" value { "," value } ")"
 *         | "is" [ "not" ] "null"
 * column  = [ ( "old" | "new" ) "." ] name
 * </pre>
 */
final class ConditionParser {

    private static final int LONGEST = 2_000;

    private static final Pattern TOKEN =
            Pattern.compile(
                    "'(?:[^']|'')*'|\"(?:[^\"]|\"\")+\"|[-+]?\\d+(?:\\.\\d+)?|<=|>=|<>|!=|[=<>(),.]"
                            + "|[\\p{L}_][\\p{L}\\p{N}_$]*");

    private static final Pattern COMPARISON = Pattern.compile("[=<>!]+");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_\"].*", Pattern.DOTALL);
    private static final Set<String> RESERVED =
            Set.of("and", "or", "not", "in", "is", "null", "true", "false");

    private static final String END = "";

    private final List<String> tokens;
    private int at;

    private ConditionParser(List<String> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads a condition.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Condition parse(String source) {
        if (source.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a condition must be at most %d characters, this one has %d"
                            .formatted(LONGEST, source.length()));
        }
        var parser = new ConditionParser(tokens(source));
        Condition condition = parser.either();
        if (!parser.next().equals(END)) {
            throw parser.expected("'and', 'or' or the end");
        }
        return condition;
    }

    private static List<String> tokens(String source) {
        var tokens = new ArrayList<String>();
        Matcher matcher = TOKEN.matcher(source);
        int at = 0;
        while (at < source.length()) {
            if (Character.isWhitespace(source.charAt(at))) {
                at++;
            } else if (matcher.region(at, source.length()).lookingAt()) {
                tokens.add(matcher.group());
                at = matcher.end();
            } else {
                throw new IllegalArgumentException(
                        "cannot be read from '%s' on: a text stands in 'single quotes', and only"
                                        .formatted(source.substring(at))
                                + " comparisons, in, is null, and, or, not are known");
            }
        }
        tokens.add(END);
        return tokens;
    }

    private Condition either() {
        Condition condition = both();
        while (accepts("or")) {
            condition = new Condition.Or(condition, both());
        }
        return condition;
    }

    private Condition both() {
        Condition condition = single();
        while (accepts("and")) {
            condition = new Condition.And(condition, single());
        }
        return condition;
    }

    private Condition single() {
        if (accepts("not")) {
            return new Condition.Not(single());
        }
        if (accepts("(")) {
            Condition condition = either();
            expect(")");
            return condition;
        }
        return test(column());
    }

    private Condition test(Operand.Column column) {
        if (accepts("is")) {
            boolean not = accepts("not");
            expect("null");
            return not(not, new Condition.IsNull(column));
        }
        if (accepts("in")) {
            return oneOf(column);
        }
        if (accepts("not")) {
            expect("in");
            return not(true, oneOf(column));
        }
        if (!COMPARISON.matcher(next()).matches()) {
            return new Condition.OfValue(column, Comparison.EQUAL, new Operand.Value.Bool(true));
        }
        Comparison comparison = Comparison.parse(take());
        return isName()
                ? new Condition.OfColumns(column, comparison, column())
                : new Condition.OfValue(column, comparison, value());
    }

    private Condition oneOf(Operand.Column column) {
        expect("(");
        Condition condition = new Condition.OfValue(column, Comparison.EQUAL, value());
        while (accepts(",")) {
            condition =
                    new Condition.Or(
                            condition, new Condition.OfValue(column, Comparison.EQUAL, value()));
        }
        expect(")");
        return condition;
    }

    private static Condition not(boolean not, Condition condition) {
        return not ? new Condition.Not(condition) : condition;
    }

    private Operand.Column column() {
        if (!isName()) {
            throw expected("a column");
        }
        String name = take();
        if (!accepts(".")) {
            return new Operand.Column(Operand.Side.EITHER, SqlName.parse(name));
        }
        Operand.Side side =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "old" -> Operand.Side.OLD;
                    case "new" -> Operand.Side.NEW;
                    default ->
                            throw new IllegalArgumentException(
                                    "'%s.' is no row of the change: write old. or new. before a"
                                                    .formatted(name)
                                            + " column, or nothing");
                };
        if (!isName()) {
            throw expected("a column");
        }
        return new Operand.Column(side, SqlName.parse(take()));
    }

    private Operand.Value value() {
        String token = next();
        if (token.startsWith("'")) {
            at++;
            return new Operand.Value.Text(
                    token.substring(1, token.length() - 1).replace("''", "'"));
        }
        if (accepts("true")) {
            return new Operand.Value.Bool(true);
        }
        if (accepts("false")) {
            return new Operand.Value.Bool(false);
        }
        if (accepts("null")) {
            throw new IllegalArgumentException(
                    "nothing is equal to null: write 'is null' or 'is not null'");
        }
        if (token.equals(END) || !Character.isDigit(token.charAt(token.length() - 1)) || isName()) {
            throw expected("a value: 'a text', a number, true or false");
        }
        return new Operand.Value.Numeric(new BigDecimal(take()));
    }

    private boolean isName() {
        return NAME.matcher(next()).matches()
                && !RESERVED.contains(next().toLowerCase(Locale.ROOT));
    }

    private String next() {
        return tokens.get(at);
    }

    private String take() {
        return tokens.get(at++);
    }

    private boolean accepts(String token) {
        boolean accepted = next().equalsIgnoreCase(token);
        if (accepted) {
            at++;
        }
        return accepted;
    }

    private void expect(String token) {
        if (!accepts(token)) {
            throw expected("'" + token + "'");
        }
    }

    private IllegalArgumentException expected(String what) {
        String found = next().equals(END) ? "at its end" : "before '" + next() + "'";
        return new IllegalArgumentException("%s, %s is missing".formatted(found, what));
    }
}
