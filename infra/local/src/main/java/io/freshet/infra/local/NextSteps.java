package io.freshet.infra.local;

import io.freshet.infra.local.layout.Addresses;
import io.freshet.infra.local.layout.VarDirectory;
import java.nio.file.Path;
import java.util.List;

/** What to try when an instance is up. */
final class NextSteps {
    private NextSteps() {}

    static List<String> of(Addresses addresses, VarDirectory directory) {
        Path environment = shown(directory.environmentFile());
        return """

        console  %s/console/ (sign in with FRESHET_TOKEN of %s)
        REST     %s/api/v1/cache
        health   %s/actuator/health

        Try, in another terminal:
          . %s
          curl -i -H "Authorization: Bearer $FRESHET_TOKEN" $FRESHET_API_URL/api/v1/cache/cities/2759794
          curl -i -H "Authorization: Bearer $FRESHET_TOKEN" -H 'Content-Type: application/json' -d '{"namespace":"cities","tags":["country:NL"]}' $FRESHET_API_URL/api/v1/cache/invalidate
          curl -s $FRESHET_MANAGEMENT_URL/actuator/prometheus | grep '^cache_'
          ./freshet demo
        """
                .formatted(
                        addresses.api(),
                        environment,
                        addresses.api(),
                        addresses.management(),
                        environment)
                .lines()
                .toList();
    }

    /** Relative where that is shorter to read. */
    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }
}
