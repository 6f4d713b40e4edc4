package io.freshet.api.it;

import io.freshet.api.problem.ProblemCode;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every request that the tests make to be answered with a problem. */
final class Provocations {

    /** Codes that no request can bring about on purpose, and why. */
    static final Map<ProblemCode, String> UNPROVOKED =
            Map.of(
                    ProblemCode.INTERNAL,
                    "is the answer to a failure that nobody expected: what provokes it is a defect"
                            + " to be mended");

    private Provocations() {}

    /** Those of a service that runs as it should. */
    static Stream<Provocation> all() {
        return Stream.of(
                        PathProvocations.all(),
                        HeaderProvocations.all(),
                        BodyProvocations.all(),
                        BatchProvocations.all(),
                        EntryProvocations.all(),
                        WriteProvocations.all(),
                        NamespaceProvocations.all(),
                        KeyProvocations.all(),
                        LockProvocations.all(),
                        StructureProvocations.all(),
                        EventProvocations.all(),
                        AuditProvocations.all(),
                        RefusedTopic.all())
                .flatMap(List::stream);
    }

    /** The codes that they and the outages bring about. */
    static Set<ProblemCode> codes() {
        var codes = EnumSet.noneOf(ProblemCode.class);
        all().map(Provocation::code).forEach(codes::add);
        Outage.all().stream().map(Outage::code).forEach(codes::add);
        return codes;
    }

    /** The codes that the tests know of. */
    static Set<ProblemCode> accountedFor() {
        Collection<ProblemCode> codes = codes();
        var all = EnumSet.copyOf(codes);
        all.addAll(UNPROVOKED.keySet());
        return all;
    }
}
