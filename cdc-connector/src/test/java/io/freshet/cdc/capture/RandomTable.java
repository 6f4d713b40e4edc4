package io.freshet.cdc.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of a small grammar, what of it is cached, and the rules that ought to keep that right.
 *
 * <p>Two kinds of entries are cached: a row under its primary key, with or without one there, and
 * the list of a group's rows under a tag. Each shows some of the columns only.
 *
 * @param name as in SQL, quoted where it has to be
 * @param keys columns of the primary key
 * @param columns all others, the group among them
 * @param shown what an entry of a row tells
 * @param listed what a list tells
 * @param filtered whether the rules name the columns that matter
 * @param conditional whether only rows of the higher groups are shown
 */
record RandomTable(
        int number,
        String name,
        List<Column> keys,
        List<Column> columns,
        List<Column> shown,
        List<Column> listed,
        boolean filtered,
        boolean partitioned,
        boolean conditional) {

    static final String GROUP = "grp";

    private static final String CONDITION = "grp is not null and grp > 5";

    private static final List<String> TYPES =
            List.of("integer", "text", "numeric(8,2)", "boolean", "timestamptz", "uuid", "bigint");
    private static final List<String> NAMES = List.of("\"Mixed Case\"", "plain", "\"with.dot\"");

    /** A column, its name as in SQL. */
    record Column(String name, String type) {}

    static RandomTable of(int number, Random random) {
        var keys = new ArrayList<Column>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            keys.add(new Column("k" + i, random.nextBoolean() ? "integer" : "text"));
        }
        var columns = new ArrayList<Column>(List.of(new Column(GROUP, "integer")));
        for (int i = 0; i <= random.nextInt(4); i++) {
            String name = random.nextInt(4) == 0 ? "\"Col %d\"".formatted(i) : "c" + i;
            columns.add(new Column(name, TYPES.get(random.nextInt(TYPES.size()))));
        }
        String stem = NAMES.get(random.nextInt(NAMES.size()));
        String name =
                stem.startsWith("\"")
                        ? stem.substring(0, stem.length() - 1) + " " + number + "\""
                        : stem + number;
        return new RandomTable(
                number,
                name,
                keys,
                columns,
                some(columns, random),
                some(columns, random),
                random.nextBoolean(),
                random.nextInt(3) == 0,
                random.nextBoolean());
    }

    private static List<Column> some(List<Column> columns, Random random) {
        List<Column> some = columns.stream().filter(_ -> random.nextBoolean()).toList();
        return some.isEmpty() ? columns : some;
    }

    String namespace() {
        return "table" + number;
    }

    /** The statements that make it. */
    List<String> ddl() {
        String body =
                "CREATE TABLE public.%s (%s, PRIMARY KEY (%s))"
                        .formatted(
                                name,
                                Stream.concat(keys.stream(), columns.stream())
                                        .map(column -> column.name() + " " + column.type())
                                        .collect(Collectors.joining(", ")),
                                names(keys));
        var ddl = new ArrayList<String>();
        if (partitioned) {
            ddl.add(body + " PARTITION BY HASH (k0)");
            for (int i = 0; i < 2; i++) {
                String part = "public.part%d_%d".formatted(number, i);
                ddl.add(
                        "CREATE TABLE %s PARTITION OF public.%s FOR VALUES WITH (MODULUS 2, REMAINDER %d)"
                                .formatted(part, name, i));
                ddl.add("ALTER TABLE %s REPLICA IDENTITY FULL".formatted(part));
            }
        } else {
            ddl.add(body);
        }
        ddl.add("ALTER TABLE public.%s REPLICA IDENTITY FULL".formatted(name));
        return ddl;
    }

    /** The rules, as they stand in the file. */
    String rules() {
        return """
        - name: rows-%1$d
          table: 'public.%2$s'
          namespace: %3$s
          keys: ['%4$s']
        %5$s%8$s- name: lists-%1$d
          table: 'public.%2$s'
          namespace: %3$s
          tags: ["group:{%6$s}"]
        %7$s%8$s\
        """
                .formatted(
                        number,
                        name,
                        namespace(),
                        keys.stream()
                                .map(key -> "{" + key.name() + "}")
                                .collect(Collectors.joining(":")),
                        matter(Stream.concat(keys.stream(), shown.stream())),
                        GROUP,
                        matter(
                                Stream.concat(
                                        Stream.of(new Column(GROUP, "integer")), listed.stream())),
                        conditional ? "  when: '%s'%n".formatted(CONDITION) : "");
    }

    private String matter(Stream<Column> columns) {
        return filtered
                ? "  columns: [%s]%n"
                        .formatted(
                                columns.map(Column::name)
                                        .distinct()
                                        .map(column -> "'" + column + "'")
                                        .collect(Collectors.joining(", ")))
                : "";
    }

    /** Keys and what their entries ought to hold. */
    String rows() {
        return "SELECT %s, %s FROM public.%s WHERE %s"
                .formatted(keyText(), text(shown), name, conditional ? CONDITION : "true");
    }

    /** Groups and what their lists ought to hold. */
    String lists() {
        return "SELECT %1$s::text, string_agg(%2$s, '|' ORDER BY %2$s) FROM public.%3$s WHERE %1$s IS NOT NULL AND %4$s GROUP BY 1"
                .formatted(GROUP, text(listed), name, conditional ? CONDITION : "true");
    }

    private String keyText() {
        return keys.stream()
                .map(key -> key.name() + "::text")
                .collect(Collectors.joining(" || ':' || "));
    }

    private static String text(List<Column> columns) {
        return "ROW(%s)::text".formatted(names(columns));
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
