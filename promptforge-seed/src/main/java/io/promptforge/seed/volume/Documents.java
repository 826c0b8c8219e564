package io.promptforge.seed.volume;

import io.promptforge.dao.json.Json;

/** Generates the inputs and outputs of steps: JSON of some hundred bytes to a few kilobytes. For one thread. */
final class Documents {
    private final Dice dice;
    private final StringBuilder json = new StringBuilder(4_096);

    Documents(Dice dice) {
        this.dice = dice;
    }

    /** The input of a model, in the form of {@code gen_ai.input.messages}. */
    Json messages() {
        begin("[{\"role\":\"system\",\"parts\":[{\"type\":\"text\",\"content\":\"You answer for the support desk. ");
        sentences(1, 2);
        int turns = (int) dice.around(1.2, 0.8, 1, 12);
        for (int i = 0; i < turns; i++) {
            json.append("\"}]},{\"role\":\"")
                    .append(i == turns - 1 || i % 2 == 0 ? "user" : "assistant")
                    .append("\",\"parts\":[{\"type\":\"text\",\"content\":\"");
            sentences(2, 40);
        }
        return end("\"}]}]");
    }

    /** The output of a model, in the form of {@code gen_ai.output.messages}. */
    Json answer(String finishReason) {
        begin("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"");
        sentences(3, 40);
        return end("\"}],\"finish_reason\":\"" + finishReason + "\"}]");
    }

    Json question() {
        begin("{\"question\":\"");
        sentences(1, 10);
        return end("\",\"locale\":\"" + (dice.chance(0.7) ? "en" : "de") + "\"}");
    }

    Json conclusion() {
        begin("{\"answer\":\"");
        sentences(2, 20);
        return end("\",\"confidence\":" + hundredths() + "}");
    }

    Json query() {
        begin("{\"query\":\"");
        sentences(1, 2);
        return end("\",\"top_k\":5}");
    }

    /** The results of a search, the best first. */
    Json found() {
        begin("[");
        int count = 1 + dice.below(5);
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"kb-")
                    .append(dice.below(20_000))
                    .append("\",\"score\":")
                    .append(0.95 - i / 8.0)
                    .append(",\"content\":\"");
            sentences(1, 6);
            json.append("\"}");
        }
        return end("]");
    }

    Json arguments() {
        begin("{\"order\":");
        json.append(10_000_000 + dice.below(90_000_000)).append(",\"reason\":\"");
        sentences(1, 2);
        return end("\",\"dry_run\":false}");
    }

    Json result() {
        begin("{\"status\":\"ok\",\"rows\":");
        json.append(dice.below(100)).append(",\"note\":\"");
        sentences(1, 12);
        return end("\"}");
    }

    Json verdict() {
        begin("{\"passed\":true,\"score\":");
        return end(hundredths() + "}");
    }

    Json toolAttributes(String tool) {
        begin("{\"gen_ai.tool.name\":\"");
        json.append(tool).append("\",\"gen_ai.tool.call.id\":\"call_").append(Long.toHexString(dice.next()));
        return end("\",\"gen_ai.tool.type\":\"function\"}");
    }

    Json exception(String type, String message) {
        begin("[{\"name\":\"exception\",\"attributes\":{\"exception.type\":\"");
        json.append(type).append("\",\"exception.message\":\"").append(message);
        return end("\",\"exception.escaped\":true}}]");
    }

    Json firstToken(long microseconds) {
        begin("[{\"name\":\"gen_ai.first_token\",\"offset_us\":");
        json.append(microseconds);
        return end("}]");
    }

    private void sentences(double median, int most) {
        Sentences.write(json, (int) dice.around(median, 0.8, 1, most), dice);
    }

    private String hundredths() {
        return "0." + (10 + dice.below(90));
    }

    private void begin(String start) {
        json.setLength(0);
        json.append(start);
    }

    private Json end(String end) {
        return Json.parse(json.append(end).toString());
    }
}
