package io.promptforge.dao.template;

import io.promptforge.dao.internal.check.Check;
import java.util.List;

/**
 * A variable that a template uses.
 *
 * @param name its name: {@code customer}
 * @param paths what of it is used, in the order of the first use: {@code customer.name}; the name itself where all of it is
 * @param isCertain false if the name may as well be one of an element's members, as <code>{{name}}</code> in
 *     <code>{{#items}}{{name}}{{/items}}</code>, or of a variable that the template itself sets in some cases
 */
public record TemplateVariable(String name, List<String> paths, boolean isCertain) {
    /** Copies the paths; refuses null with an {@link io.promptforge.dao.error.InvalidValueException}. */
    public TemplateVariable {
        Check.present("name", name);
        paths = List.copyOf(Check.present("paths", paths));
    }
}
