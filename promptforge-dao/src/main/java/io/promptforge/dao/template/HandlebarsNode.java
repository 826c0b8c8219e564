package io.promptforge.dao.template;

import io.promptforge.dao.template.HandlebarsExpressions.Content;
import java.util.List;

/** A part of a Handlebars template. */
sealed interface HandlebarsNode
        permits HandlebarsNode.Text, HandlebarsNode.Output, HandlebarsNode.Unsupported, HandlebarsBlock {
    void names(HandlebarsNames names);

    void render(HandlebarsContext context, Rendering rendering);

    /** Text between tags. */
    record Text(String text) implements HandlebarsNode {
        @Override
        public void names(HandlebarsNames names) {}

        @Override
        public void render(HandlebarsContext context, Rendering rendering) {
            rendering.append(text);
        }
    }

    /** <code>{{name}}</code>. */
    record Output(Source source, int start, Content content) implements HandlebarsNode {
        @Override
        public void names(HandlebarsNames names) {
            content.names(names);
        }

        @Override
        public void render(HandlebarsContext context, Rendering rendering) {
            Object value = content.value(source, start, context);
            if (value instanceof Undefined undefined) {
                rendering.missing(undefined.path());
            } else {
                rendering.append(JavaScriptValues.text(value)
                        .orElseThrow(() -> source.unsupported(
                                start,
                                "a list, an object or an extreme number as the text of "
                                        + content.path().text())));
            }
        }
    }

    /** What is not rendered; the names inside of it may be of another template. */
    record Unsupported(Source source, int start, String construct, List<HandlebarsNode> nodes)
            implements HandlebarsNode {
        @Override
        public void names(HandlebarsNames names) {
            HandlebarsNames unknown = names.unknown();
            nodes.forEach(node -> node.names(unknown));
        }

        @Override
        public void render(HandlebarsContext context, Rendering rendering) {
            throw source.unsupported(start, construct);
        }
    }
}
