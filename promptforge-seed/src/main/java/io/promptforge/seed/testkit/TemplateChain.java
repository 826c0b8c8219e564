package io.promptforge.seed.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The templates that make up a database, each prepared on the result of those before it. The first is the schema. */
record TemplateChain(List<Link> links) {

    /** @param key the class name and key of the template; read once, because computing it may be slow */
    record Link(String key, TestTemplate template) {}

    private static final class Schema {
        private static final Link LINK = link(new SchemaTemplate());
    }

    /** A chain of the schema and these templates. */
    static TemplateChain of(List<TestTemplate> templates) {
        List<Link> links = new ArrayList<>(List.of(Schema.LINK));
        templates.forEach(template -> links.add(link(template)));
        return new TemplateChain(List.copyOf(links));
    }

    private static Link link(TestTemplate template) {
        return new Link(template.getClass().getName() + " " + template.key(), template);
    }

    /** The chains that begin this one, by length: the schema alone first, this whole chain last. */
    List<TemplateChain> prefixes() {
        return IntStream.rangeClosed(1, links.size())
                .mapToObj(length -> new TemplateChain(links.subList(0, length)))
                .toList();
    }

    /** The last link. */
    Link last() {
        return links.get(links.size() - 1);
    }

    /** A hash of all keys in order, as 32 hexadecimal digits. */
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
