package io.freshet.contracts.codec;

import io.freshet.contracts.event.Mode;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What an object says of its fields, so that two ways of reading can be asked the same. */
interface Answers {

    String text(String field);

    long number(String field);

    boolean flag(String field);

    Instant instant(String field);

    Mode mode(String field);

    List<String> list(String field);

    Object object(String field, Function<Answers, Object> reader);

    List<Object> objects(String field, Function<Answers, Object> reader);

    boolean has(String field);

    /** Those that the codecs read from. */
    record Read(JsonObject object) implements Answers {

        static Object document(byte[] bytes, Function<Answers, Object> reader) {
            return JsonObject.parse(bytes).readWith(object -> reader.apply(new Read(object)));
        }

        @Override
        public String text(String field) {
            return object.text(field);
        }

        @Override
        public long number(String field) {
            return object.number(field);
        }

        @Override
        public boolean flag(String field) {
            return object.flag(field);
        }

        @Override
        public Instant instant(String field) {
            return object.instant(field);
        }

        @Override
        public Mode mode(String field) {
            return object.oneOf(field, Mode.class);
        }

        @Override
        public List<String> list(String field) {
            return object.list(field, String::toString);
        }

        @Override
        public Object object(String field, Function<Answers, Object> reader) {
            return object.object(field, inner -> reader.apply(new Read(inner)));
        }

        @Override
        public List<Object> objects(String field, Function<Answers, Object> reader) {
            return object.objects(field, inner -> reader.apply(new Read(inner)));
        }

        @Override
        public boolean has(String field) {
            return object.has(field);
        }
    }
}
