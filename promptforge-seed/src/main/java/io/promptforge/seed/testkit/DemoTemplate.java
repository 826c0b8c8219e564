package io.promptforge.seed.testkit;

import io.promptforge.dao.PromptForge;
import io.promptforge.seed.demo.DemoData;
import javax.sql.DataSource;

/** The demo organization, as {@link DemoData} loads it. */
public final class DemoTemplate implements TestTemplate {
    /** The only one: it has no options. */
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
