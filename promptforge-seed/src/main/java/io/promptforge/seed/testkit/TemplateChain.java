package io.promptforge.seed.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The templates that a database is made by, one on the other; the first makes the schema. */
record TemplateChain(List<Link> links) {

    /** @param key read once: it may be costly to find out */
    record Link(String key, TestTemplate template) {}

    private static final class Schema {
        private static final Link LINK = link(new SchemaTemplate());
    }

    /** The schema, then these. */
    static TemplateChain of(List<TestTemplate> templates) {
        List<Link> links = new ArrayList<>(List.of(Schema.LINK));
        templates.forEach(template -> links.add(link(template)));
        return new TemplateChain(List.copyOf(links));
    }

    private static Link link(TestTemplate template) {
        return new Link(template.getClass().getName() + " " + template.key(), template);
    }

    /** What each link makes together with those before it: first the schema alone, last all of this chain. */
    List<TemplateChain> prefixes() {
        return IntStream.rangeClosed(1, links.size())
                .mapToObj(length -> new TemplateChain(links.subList(0, length)))
                .toList();
    }

    /** Does the last link's work. */
    Link last() {
        return links.get(links.size() - 1);
    }

    /** 32 hexadecimal digits; another for every other chain. */
    String hash() {
        StringBuilder keys = new StringBuilder();
        for (Link link : links) {
            keys.append(link.key().getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(link.key());
        }
        return ClasspathHash.hash(List.of(keys.toString()));
    }
}
