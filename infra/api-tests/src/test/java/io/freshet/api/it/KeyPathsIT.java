package io.freshet.api.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.api.HttpAnswer;
import io.freshet.api.problem.ProblemCode;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever HTTP allows in a path segment is a key, the same in every request, or is refused. */
@ExtendWith(SharedService.class)
class KeyPathsIT {

    private static final int RANDOM_SEGMENTS = 200;

    private final RunningService service;

    KeyPathsIT(RunningService service) {
        this.service = service;
    }

    static Stream<PathSegment> segments() {
        return Stream.of(PathSegment.singles(), PathSegment.table()).flatMap(each -> each);
    }

    /** What RFC 3986 has no place for in a path, and a sloppy client sends all the same. */
    static Stream<String> illegalCharacters() {
        return IntStream.range(0x21, 0x100)
                .filter(c -> c != 0x7F && PathSegment.PCHAR.indexOf(c) < 0 && "%/?".indexOf(c) < 0)
                .mapToObj(Character::toString);
    }

    @ParameterizedTest
    @MethodSource("segments")
    void shouldTakeASegmentAsAKeyOrRefuseIt(PathSegment segment) {
        requireKeyOrProblem(segment);
    }

    @Test
    void shouldTakeRandomSegmentsAsKeysOrRefuseThem() {
        // given
        long seed = new Random().nextLong();
        var random = new Random(seed);

        // when, then
        for (int i = 0; i < RANDOM_SEGMENTS; i++) {
            PathSegment segment = PathSegment.random(random);
            assertThat(segment).as("seed " + seed).satisfies(this::requireKeyOrProblem);
        }
    }

    @Test
    void shouldTakeRandomSegmentsAsNamespacesOrRefuseThem() {
        // given
        long seed = new Random().nextLong();
        var random = new Random(seed);

        // when, then
        for (int i = 0; i < RANDOM_SEGMENTS; i++) {
            PathSegment segment = PathSegment.random(random);
            HttpAnswer answer = service.api.get(service.path(segment.encoded(), "key"));
            assertThat(answer.code())
                    .as("seed %d, %s", seed, segment)
                    .isIn(
                            ProblemCode.ILLEGAL_NAMESPACE.code(),
                            ProblemCode.NAMESPACE_NOT_FOUND.code());
        }
    }

    @ParameterizedTest
    @MethodSource("illegalCharacters")
    void shouldRefuseWhatIsNoPath(String character) throws Exception {
        // given
        var request = RawRequest.get(service.path(service.sessions, "a" + character + "b"));

        // when
        HttpAnswer answer = request.to(service);

        // then
        ProblemDocument.of(answer).requireThat(ProblemCode.ILLEGAL_PATH, "%XX");
    }

    private void requireKeyOrProblem(PathSegment segment) {
        String path = service.path(service.sessions, segment.encoded());
        HttpAnswer stored = service.api.put(path, "{\"value\": \"here\"}");
        HttpAnswer read = service.api.get(path);
        HttpAnswer deleted = service.api.delete(path);
        if (segment.key().isEmpty()) {
            for (HttpAnswer answer : new HttpAnswer[] {stored, read, deleted}) {
                ProblemDocument.of(answer).requireThat(ProblemCode.ILLEGAL_KEY, "must");
            }
            return;
        }
        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
        assertThat(stored.json().path("key").asString()).isEqualTo(segment.key().get());
        assertThat(read.status()).as(read.text()).isEqualTo(200);
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    }
}
