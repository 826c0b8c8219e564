package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The columns of a model's capabilities. */
final class ModelColumns {
    private ModelColumns() {}

    static String of(ModelCapability capability) {
        return "supports_" + capability.name().toLowerCase(Locale.ROOT);
    }

    static ColumnValues withCapabilities(ColumnValues values, Set<ModelCapability> capabilities) {
        Check.present("capabilities", capabilities).forEach(capability -> Check.present("capabilities", capability));
        ColumnValues more = values;
        for (ModelCapability capability : ModelCapability.values()) {
            more = more.with(of(capability), capabilities.contains(capability));
        }
        return more;
    }

    static Set<ModelCapability> capabilities(ColumnValues values) {
        EnumSet<ModelCapability> capabilities = EnumSet.allOf(ModelCapability.class);
        capabilities.removeIf(capability -> !Boolean.TRUE.equals(values.get(of(capability))));
        return Set.copyOf(capabilities);
    }
}
