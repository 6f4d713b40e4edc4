package io.freshet.infra.check.fault;

import java.time.Duration;
import java.util.Map;

/** The check's own nodes remember so little of the log that they forget all the time. */
record RecentOverflow() implements Fault {

    @Override
    public String description() {
        return "nodes that remember 32 keys and 8 tags of each log partition";
    }

    @Override
    public void strike(Site site) throws Exception {
        site.did("the nodes of the check forget since their start");
        Thread.sleep(Duration.ofSeconds(5));
    }

    @Override
    public Map<String, String> nodeSettings() {
        return Map.of("FRESHET_NODE_REMEMBEREDKEYS", "32", "FRESHET_NODE_REMEMBEREDTAGS", "8");
    }
}
