package io.freshet.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which entries fall under a target. */
class TargetTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final EntryKey ROME = new EntryKey("it:rome");
    private static final EntryKey OSLO = new EntryKey("no:oslo");
    private static final Set<Tag> TAGS = Set.of(new Tag("capital"), new Tag("old"));

    static Stream<Target> targetsOfRome() {
        return Stream.of(
                new Target.OfKey(CITIES, ROME),
                new Target.OfKeys(CITIES, List.of(OSLO, ROME)),
                new Target.OfTag(CITIES, new Tag("capital")),
                new Target.OfPattern(CITIES, new KeyPattern("it:*")),
                new Target.OfNamespace(CITIES));
    }

    static Stream<Target> otherTargets() {
        return Stream.of(
                new Target.OfKey(CITIES, OSLO),
                new Target.OfKeys(CITIES, List.of(OSLO, new EntryKey("rome"))),
                new Target.OfTag(CITIES, new Tag("it:rome")),
                new Target.OfPattern(CITIES, new KeyPattern("no:*")));
    }

    @ParameterizedTest
    @MethodSource("targetsOfRome")
    void shouldCoverAnEntryThatFallsUnderIt(Target target) {
        assertThat(target.covers(ROME, TAGS)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("otherTargets")
    void shouldNotCoverAnother(Target target) {
        assertThat(target.covers(ROME, TAGS)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("targetsOfRome")
    void shouldCoverAnEntryWithoutTagsUnlessItIsOfATag(Target target) {
        assertThat(target.covers(ROME, Set.of())).isEqualTo(!(target instanceof Target.OfTag));
    }
}
