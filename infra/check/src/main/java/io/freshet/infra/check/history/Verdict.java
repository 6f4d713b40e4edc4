package io.freshet.infra.check.history;

import java.util.List;

/**
 * What a history shows.
 *
 * @param violations the earliest of them; with what was around each
 * @param violationCount all of them
 * @param answers by how long each answer was outdated when it was asked for; zero when it was not
 * @param commits by how long after its acknowledgement each commit was still missing in an answer;
 *     zero when it never was. Only commits that somebody read
 */
public record Verdict(
        List<Violation> violations, long violationCount, Spread answers, Spread commits) {

    public boolean isGood() {
        return violationCount == 0;
    }
}
