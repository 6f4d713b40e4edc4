package io.freshet.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.freshet.contracts.event.Cause;
import io.freshet.contracts.event.Event;
import io.freshet.contracts.event.Mode;
import io.freshet.contracts.event.Target;
import io.freshet.contracts.id.EntryKey;
import io.freshet.contracts.id.Namespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** D7: the published JSON Schema and the codec agree on what an invalidation is. */
class PublicContractTest {

    private static Schema schema;

    @BeforeAll
    static void readSchema() {
        schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                PublicContractTest.class.getResourceAsStream(
                                        "/schema/invalidation-v1.json"),
                                InputFormat.JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event-key",
                "event-keys",
                "event-tag",
                "event-refresh",
                "event-pattern",
                "event-namespace"
            })
    void shouldPublishASchemaThatItsOwnEventsSatisfy(String golden) throws IOException {
        // given
        String event = GoldenFileTest.golden(golden);

        // when
        var errors = schema.validate(event, InputFormat.JSON);

        // then
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldTakeTheShortestEventThatTheSchemaAllows() {
        // given
        String shortest = "{\"schema\":1,\"type\":\"key\",\"namespace\":\"n\",\"key\":\"k\"}";
        assertThat(schema.validate(shortest, InputFormat.JSON)).isEmpty();

        // when
        Event event = Codecs.EVENT.decode(shortest.getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(event)
                .isEqualTo(
                        new Event.Invalidation(
                                null,
                                new Target.OfKey(new Namespace("n"), new EntryKey("k")),
                                Mode.HARD,
                                null,
                                Cause.of(Cause.Kind.KAFKA, null, null),
                                null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    not json                                                             | not-json
                    []                                                                   | not-json
                    {"schema":1,"type":"key","namespace":"n","key":"k"} trailing         | not-json
                    {"schema":1,"schema":1,"type":"namespace","namespace":"n"}           | not-json
                    {"type":"namespace","namespace":"n"}                                 | missing-field
                    {"schema":2,"type":"namespace","namespace":"n"}                      | unknown-version
                    {"schema":"1","type":"namespace","namespace":"n"}                    | illegal-value
                    {"schema":1,"type":"everything","namespace":"n"}                     | unknown-type
                    {"schema":1,"type":"key","namespace":"n"}                            | missing-field
                    {"schema":1,"type":"key","namespace":"n","key":""}                   | illegal-value
                    {"schema":1,"type":"key","namespace":"n","key":7}                    | illegal-value
                    {"schema":1,"type":"key","namespace":"a b","key":"k"}                | illegal-value
                    {"schema":1,"type":"keys","namespace":"n"}                           | missing-field
                    {"schema":1,"type":"keys","namespace":"n","keys":[]}                 | illegal-value
                    {"schema":1,"type":"keys","namespace":"n","keys":["k",""]}           | illegal-value
                    {"schema":1,"type":"keys","namespace":"n","keys":"k"}                | illegal-value
                    {"schema":1,"type":"namespace","namespace":"n","key":"k"}            | unknown-field
                    {"schema":1,"type":"namespace","namespace":"n","mode":"medium"}      | illegal-value
                    {"schema":1,"type":"namespace","namespace":"n","lsn":"12"}           | illegal-value
                    {"schema":1,"type":"namespace","namespace":"n","at":"now"}           | illegal-value
                    {"schema":1,"type":"namespace","namespace":"n","id":""}              | illegal-value
                    {"schema":1,"type":"namespace","namespace":"n","cause":{}}           | missing-field
                    {"schema":1,"type":"namespace","namespace":"n","cause":{"kind":"x"}} | illegal-value
                    """)
    void shouldRefuseWithAStableReason(String record, String reason) {
        // given
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);

        // when / then
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> Codecs.EVENT.decode(bytes))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void shouldNameTheFieldThatNobodyKnows() {
        // given
        byte[] bytes =
                "{\"schema\":1,\"type\":\"namespace\",\"namespace\":\"n\",\"colour\":1}"
                        .getBytes(StandardCharsets.UTF_8);

        // when / then
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> Codecs.EVENT.decode(bytes))
                .withMessage("unknown field 'colour'");
    }
}
