package io.promptforge.seed.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The organization of a seed. All its ids are derived from the seed, so that the rows are equal in every database.
 *
 * @param seed the seed
 */
record VolumeOrganization(long seed) {
    /** The busiest first. */
    static final List<String> PROJECTS = List.of("Support Desk", "Mail Triage", "Product Search");

    String slug() {
        return "volume-" + seed;
    }

    String name() {
        return "Volume " + seed;
    }

    UUID id() {
        return id("organization");
    }

    List<UUID> projectIds() {
        return IntStream.range(0, PROJECTS.size())
                .mapToObj(number -> id("project/" + number))
                .toList();
    }

    UUID promptId(int project) {
        return id("prompt/" + project);
    }

    /** A prompt version for each project. */
    List<UUID> promptVersionIds() {
        return IntStream.range(0, PROJECTS.size())
                .mapToObj(project -> id("prompt version/" + project))
                .toList();
    }

    UUID providerId(VolumeModel model) {
        return id("provider/" + model.provider());
    }

    UUID modelId(VolumeModel model) {
        return id("model/" + model.name());
    }

    UUID priceListId(VolumeModel model) {
        return id("prices/" + model.name());
    }

    private UUID id(String what) {
        return UUID.nameUUIDFromBytes((slug() + "/" + what).getBytes(UTF_8));
    }
}
