package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.util.Optional;

/**
 * A part of a message. Texts, addresses of images and results of tools are templates; the arguments of calls are not. A component that is
 * null, holds a character that PostgreSQL cannot store, or is blank but for texts is refused with an {@link
 * io.promptforge.dao.error.InvalidValueException}.
 */
public sealed interface MessagePart {
    /**
     * Text.
     *
     * @param text a template, which may be empty
     */
    record Text(String text) implements MessagePart {
        /** Validates the text. */
        public Text {
            Check.optionalText("text", Check.present("text", text));
        }
    }

    /**
     * A reference to an image.
     *
     * @param url its address, a {@code data:} URL included; a template
     * @param detail how closely the model looks at it, in the words of the provider: {@code low}
     */
    record Image(String url, Optional<String> detail) implements MessagePart {
        /** Validates the texts. */
        public Image {
            Check.text("url", url);
            Check.present("detail", detail).ifPresent(word -> Check.text("detail", word));
        }
    }

    /**
     * A call of a tool by the model.
     *
     * @param id the name of the call, to which its result refers
     * @param name the tool
     * @param arguments what it is called with
     */
    record ToolCall(String id, String name, Json arguments) implements MessagePart {
        /** Validates the components. */
        public ToolCall {
            Check.text("id", id);
            Check.text("name", name);
            Check.present("arguments", arguments);
        }
    }

    /**
     * What a tool answered.
     *
     * @param toolCallId the call that it answers
     * @param text the answer; a template, which may be empty
     */
    record ToolResult(String toolCallId, String text) implements MessagePart {
        /** Validates the texts. */
        public ToolResult {
            Check.text("tool_call_id", toolCallId);
            Check.optionalText("text", Check.present("text", text));
        }
    }
}
