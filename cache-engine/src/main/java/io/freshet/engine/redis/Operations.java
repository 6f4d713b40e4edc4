package io.freshet.engine.redis;

import static io.freshet.engine.redis.Numbers.ascii;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Question;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Changes and questions as the scripts take them. */
final class Operations {

    private Operations() {}

    static Script scriptOf(Change change) {
        return switch (change) {
            case Change.Push _, Change.Pop _ -> Script.LIST;
            case Change.Add _, Change.Remove _ -> Script.SET;
            case Change.Put _, Change.Drop _, Change.IncrementField _ -> Script.HASH;
            case Change.Increment _ -> Script.COUNTER;
        };
    }

    static byte[][] of(Change change) {
        return switch (change) {
            case Change.Push(var side, var elements) ->
                    command(side == Change.Side.LEFT ? "LPUSH" : "RPUSH", elements.stream());
            case Change.Pop(var side, int count) ->
                    command(side == Change.Side.LEFT ? "LPOP" : "RPOP", Stream.of(ascii(count)));
            case Change.Add(var members) -> command("SADD", texts(members));
            case Change.Remove(var members) -> command("SREM", texts(members));
            case Change.Put(var fields) ->
                    command("HSET", fields.entrySet().stream().flatMap(Operations::pair));
            case Change.Drop(var fields) -> command("HDEL", texts(fields));
            case Change.IncrementField(var field, long by) ->
                    command("HINCRBY", Stream.of(text(field), ascii(by)));
            case Change.Increment(long by) -> command("INCRBY", Stream.of(ascii(by)));
        };
    }

    static byte[][] of(Question question) {
        return switch (question) {
            case Question.Range(long from, long to, int limit) ->
                    command("range", Stream.of(ascii(from), ascii(to), ascii(limit)));
            case Question.Page(_, long cursor, int limit) ->
                    command("page", Stream.of(text(Long.toUnsignedString(cursor)), ascii(limit)));
            case Question.These(_, var names) -> command("these", texts(names));
            case Question.Value() -> command("value", Stream.of());
        };
    }

    private static byte[][] command(String name, Stream<byte[]> args) {
        return Stream.concat(Stream.of(text(name)), args).toArray(byte[][]::new);
    }

    private static Stream<byte[]> pair(Map.Entry<String, byte[]> field) {
        return Stream.of(text(field.getKey()), field.getValue());
    }

    private static Stream<byte[]> texts(List<String> texts) {
        return texts.stream().map(Operations::text);
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }
}
