package io.promptforge.seed.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The templates that make up a database, each prepared on the result of those before it. The first is the schema. */
record TemplateChain(List<Link> links) {

    /** @param key the class name and key of the template; read once, because computing it may be slow */
    record Link(String key, DatabaseTemplate template) {}

    private static final class Schema {
        private static final Link LINK = link(new SchemaTemplate());
    }

    /** A chain of the schema and these templates. */
    static TemplateChain of(List<DatabaseTemplate> templates) {
        List<Link> links = new ArrayList<>(List.of(Schema.LINK));
        templates.forEach(template -> links.add(link(template)));
        return new TemplateChain(List.copyOf(links));
    }

    /** @throws TestDatabaseException if the template has no key */
    private static Link link(DatabaseTemplate template) {
        String name = template.getClass().getName();
        @Nullable String key;
        try {
            key = template.key();
        } catch (RuntimeException e) {
            throw new TestDatabaseException("Template " + name + ": key() failed: " + e, e);
        }
        if (key == null || key.isBlank()) {
            throw new TestDatabaseException(
                    "Template " + name + ": key() returned " + (key == null ? "null" : "a blank text")
                            + ". Return a text that changes whenever the content changes; ClasspathHash makes one from files.",
                    null);
        }
        return new Link(name + " " + key, template);
    }

    /** @throws TestDatabaseException if the class cannot be instantiated */
    static DatabaseTemplate instance(Class<? extends DatabaseTemplate> type) {
        try {
            Constructor<? extends DatabaseTemplate> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new TestDatabaseException(
                    "Template " + type.getName() + ": its constructor failed: " + e.getTargetException(), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new TestDatabaseException(
                    "Template " + type.getName()
                            + " cannot be instantiated. Make it a class that is not abstract, static if it is inside another"
                            + " class, with a constructor without parameters: " + e,
                    e);
        }
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
