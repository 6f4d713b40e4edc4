package io.freshet.api.structure;

import static io.freshet.api.problem.ProblemCode.ILLEGAL_VALUE;
import static io.freshet.api.problem.ProblemCode.MISSING_FIELD;

import io.freshet.api.body.BodyReader;
import io.freshet.api.body.Identifiers;
import io.freshet.api.entry.Tags;
import io.freshet.api.entry.Ttl;
import io.freshet.api.problem.ProblemException;
import io.freshet.contracts.id.Tag;
import io.freshet.engine.structure.Change;
import io.freshet.engine.structure.Change.Side;
import io.freshet.engine.structure.Lifetime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked of a structure: one operation, and {@code ttl} and {@code tags} beside it. */
public record ChangeRequest(Change change, Lifetime lifetime) {

    /** Reads a body. */
    @FunctionalInterface
    public interface Reader {

        ChangeRequest read(byte[] body, ElementLimits limits);
    }

    /** Reads the value of a field that names an operation; null for any other field. */
    @FunctionalInterface
    private interface Operations {

        @Nullable Change of(String field, BodyReader in);
    }

    public static ChangeRequest ofList(byte[] body, ElementLimits limits) {
        return read(
                body,
                "'push_left', 'push_right', 'pop_left' or 'pop_right'",
                (field, in) ->
                        switch (field) {
                            case "push_left" -> push(Side.LEFT, in, limits);
                            case "push_right" -> push(Side.RIGHT, in, limits);
                            case "pop_left" -> pop(Side.LEFT, in, limits);
                            case "pop_right" -> pop(Side.RIGHT, in, limits);
                            default -> null;
                        });
    }

    public static ChangeRequest ofSet(byte[] body, ElementLimits limits) {
        return read(
                body,
                "'add' or 'remove'",
                (field, in) ->
                        switch (field) {
                            case "add" -> new Change.Add(limits.names(field, in.texts()));
                            case "remove" -> new Change.Remove(limits.names(field, in.texts()));
                            default -> null;
                        });
    }

    public static ChangeRequest ofHash(byte[] body, ElementLimits limits) {
        return read(
                body,
                "'put', 'remove' or 'increment'",
                (field, in) ->
                        switch (field) {
                            case "put" -> put(in, limits);
                            case "remove" -> new Change.Drop(limits.names(field, in.texts()));
                            case "increment" -> increment(in, limits);
                            default -> null;
                        });
    }

    public static ChangeRequest ofCounter(byte[] body, ElementLimits limits) {
        return read(
                body,
                "'increment'",
                (field, in) ->
                        field.equals("increment")
                                ? new Change.Increment(in.wholeNumber(ILLEGAL_VALUE))
                                : null);
    }

    private static Change push(Side side, BodyReader in, ElementLimits limits) {
        return new Change.Push(side, limits.values(in.path(), in.slices()));
    }

    private static Change pop(Side side, BodyReader in, ElementLimits limits) {
        long count = in.wholeNumber(ILLEGAL_VALUE);
        if (count < 1 || count > limits.batch().max()) {
            throw in.illegal(ILLEGAL_VALUE, "must be a number from 1 to " + limits.batch().max());
        }
        return new Change.Pop(side, (int) count);
    }

    private static Change put(BodyReader in, ElementLimits limits) {
        var fields = new LinkedHashMap<String, byte[]>();
        in.members((field, value) -> {
            byte[] json = value.slice();
            limits.size("put", json);
            fields.put(limits.name("put", field), json);
        });
        limits.count("put", fields.keySet());
        return new Change.Put(fields);
    }

    private static Change increment(BodyReader in, ElementLimits limits) {
        var read =
                new Object() {
                    @Nullable String field;
                    @Nullable Long by;
                };
        in.object((name, value) -> {
            switch (name) {
                case "field" -> read.field = limits.name("increment.field", value.text());
                case "by" -> read.by = value.wholeNumber(ILLEGAL_VALUE);
                default -> throw value.unknown();
            }
        });
        if (read.field == null) {
            throw BodyReader.missing("increment.field");
        }
        return new Change.IncrementField(read.field, read.by == null ? 1 : read.by);
    }

    private static ChangeRequest read(byte[] body, String choice, Operations operations) {
        var fields = new Fields(choice);
        BodyReader.read(
                body,
                (field, in) -> {
                    switch (field) {
                        case "ttl" -> fields.ttl = Ttl.read(in);
                        case "tags" -> fields.tags = Tags.of(Identifiers.tags(in));
                        default -> {
                            // Of generated clients, which send every list that they know.
                            if (in.isEmpty()) {
                                in.skip();
                            } else {
                                fields.take(operations.of(field, in), in);
                            }
                        }
                    }
                });
        return fields.request();
    }

    /** What has been read so far. */
    private static final class Fields {

        private final String choice;
        private @Nullable Change change;
        private @Nullable Duration ttl;
        private Set<Tag> tags = Set.of();

        Fields(String choice) {
            this.choice = choice;
        }

        void take(@Nullable Change read, BodyReader in) {
            if (read == null) {
                throw in.unknown();
            }
            if (change != null) {
                throw in.illegal(ILLEGAL_VALUE, "is one operation too many: send " + choice);
            }
            change = read;
        }

        ChangeRequest request() {
            if (change == null) {
                throw new ProblemException(MISSING_FIELD, "send " + choice);
            }
            if (!change.begins() && (ttl != null || !tags.isEmpty())) {
                throw new ProblemException(
                        ILLEGAL_VALUE, "'ttl' and 'tags' go with what puts something in");
            }
            return new ChangeRequest(change, new Lifetime(ttl, tags));
        }
    }
}
