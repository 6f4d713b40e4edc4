package io.freshet.warmer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.contracts.event.Cause.Kind;
import io.freshet.contracts.event.Event.Invalidation;
import io.freshet.contracts.event.LogRecord;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.KeyPattern;
import io.freshet.contracts.id.Namespace;
import io.freshet.contracts.id.Tag;
import io.freshet.contracts.position.InboxPosition;
import io.freshet.contracts.position.Stamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final Namespace CITIES = new Namespace("cities");
    private static final Spot AMSTERDAM =
            new Spot(CITIES, new EntryKey("1"), Set.of(new Tag("country:NL")));
    private static final Spot PARIS =
            new Spot(CITIES, new EntryKey("2"), Set.of(new Tag("country:FR")));

    private final Sampler sampler = new Sampler(new Random(1));

    @Test
    void shouldTakeOneOfWhatWasInvalidatedSinceTheLast() {
        tell(Kind.CDC, new Target.OfKey(CITIES, new EntryKey("1")));
        tell(Kind.CDC, new Target.OfKey(CITIES, new EntryKey("2")));

        assertThat(sampler.take(Origin.ROW)).isPresent();
        assertThat(sampler.take(Origin.ROW)).isEmpty();
    }

    @Test
    void shouldKeepOriginsApartSoThatNoneDrownsAnother() {
        tell(Kind.REST, new Target.OfKey(CITIES, new EntryKey("1")));
        for (int i = 0; i < 100; i++) {
            tell(Kind.CDC, new Target.OfKey(CITIES, new EntryKey("2")));
        }

        assertThat(sampler.take(Origin.REST)).contains(new Spot(CITIES, new EntryKey("1")));
        assertThat(sampler.take(Origin.KAFKA)).isEmpty();
    }

    @Test
    void shouldFindKeysOfTagsAndPatternsAmongThoseThatWereSeen() {
        sampler.saw(AMSTERDAM);
        sampler.saw(PARIS);

        assertThat(taken(new Target.OfTag(CITIES, new Tag("country:FR")))).contains(PARIS);
        assertThat(taken(new Target.OfPattern(CITIES, new KeyPattern("1*")))).contains(AMSTERDAM);
        assertThat(taken(new Target.OfNamespace(CITIES))).isPresent();
        assertThat(taken(new Target.OfTag(CITIES, new Tag("country:LU")))).isEmpty();
        assertThat(taken(new Target.OfNamespace(new Namespace("other")))).isEmpty();
    }

    private Optional<Spot> taken(Target target) {
        tell(Kind.SQL, target);
        return sampler.take(Origin.SQL);
    }

    private void tell(Kind kind, Target target) {
        var event =
                new Invalidation(
                        null,
                        target,
                        Mode.HARD,
                        null,
                        io.freshet.contracts.event.Cause.of(kind, null, null),
                        Instant.EPOCH);
        sampler.inForce(0, Stamp.of(1, 1), new LogRecord(event, new InboxPosition(0, 0)));
    }
}
