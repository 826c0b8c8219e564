package io.promptforge.seed.testkit;

import io.promptforge.dao.PromptForge;
import io.promptforge.seed.demo.DemoData;
import javax.sql.DataSource;

/** A template with the demo organization, as {@link DemoData} loads it. */
public final class DemoTemplate implements DatabaseTemplate {
    /** Creates the template. */
    public DemoTemplate() {}

    @Override
    public String key() {
        return "demo " + ClasspathHash.ofCode(DemoData.class, PromptForge.class);
    }

    @Override
    public void prepare(DataSource dataSource) {
        DemoData.load(dataSource);
    }
}
