package io.freshet.infra.check.fault;

import io.freshet.infra.check.load.Bulk;
import java.sql.Connection;
import java.time.Duration;

/** Transactions of 100,000 rows under load: inserted, updated twice, deleted. */
record BigTransaction() implements Fault {
    private static final Duration BETWEEN = Duration.ofSeconds(4);

    @Override
    public String description() {
        return "transactions of 100,000 rows";
    }

    @Override
    public void strike(Site site) throws Exception {
        try (Connection connection = site.instance().database();
                Bulk bulk = site.load().bulk(connection)) {
            bulk.insert();
            site.did("inserted 100,000 rows");
            Thread.sleep(BETWEEN);
            bulk.update();
            site.did("updated 100,000 rows");
            Thread.sleep(BETWEEN);
            bulk.update();
            site.did("updated 100,000 rows");
            Thread.sleep(BETWEEN);
            bulk.delete();
            site.did("deleted 100,000 rows");
            Thread.sleep(BETWEEN);
        }
    }
}
