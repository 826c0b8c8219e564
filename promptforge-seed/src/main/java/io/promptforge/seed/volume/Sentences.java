package io.promptforge.seed.volume;

/**
 * Text as it passes through a support desk's assistant: some hundred million different sentences, with a few characters
 * that need care (quotes, line breaks, letters beyond ASCII). Written as it stands between the quotes of a JSON string.
 */
final class Sentences {
    private static final String[] SUBJECTS = {
        "The customer",
        "A returning buyer",
        "Our warehouse in Gdańsk",
        "The courier",
        "The billing service",
        "An account owner",
        "The store in São Paulo",
        "Somebody from finance",
        "The mobile app",
        "A wholesale partner",
        "The payment provider",
        "The night shift",
        "Mrs. Müller",
        "A new subscriber",
        "The returns desk",
        "The web shop",
        "An unverified caller",
        "The loyalty team",
        "Tanaka-san (田中)",
        "The quality inspector",
        "The supplier",
        "One of our agents",
        "The checkout page",
        "The recommendation engine"
    };

    private static final String[] VERBS = {
        "asks about",
        "reported",
        "cannot find",
        "has changed",
        "wants to return",
        "refunded",
        "is waiting for",
        "confirmed",
        "complains about",
        "was charged twice for",
        "cancelled",
        "would like to exchange",
        "misplaced",
        "praised",
        "escalated",
        "has not received",
        "reordered",
        "disputes",
        "forwarded",
        "is looking into",
        "compared the prices of",
        "sent photos of",
        "scheduled",
        "declined"
    };

    private static final String[] OBJECTS = {
        "the hiking boots in size 42",
        "a broken zip on the rain jacket",
        "the invoice of last month",
        "order ",
        "the annual subscription",
        "a gift card over 50 €",
        "parcel ",
        "two pairs of trail runners",
        "the tracking link",
        "a \\\"final reminder\\\" e-mail",
        "ticket ",
        "the delivery to the 3rd floor",
        "the loyalty points",
        "contract ",
        "the discount code SPRING",
        "a missing headlamp",
        "the tent poles",
        "customs form ",
        "the size chart",
        "the exchange rate on the receipt",
        "an upgrade to the family plan",
        "the warranty claim ",
        "the sleeping bag",
        "a duplicate payment",
        "the pickup point",
        "transaction ",
        "the newsletter",
        "the repair kit",
        "device ",
        "the shipping label",
        "a crash after the update",
        "the password reset"
    };

    private static final String[] TAILS = {
        "since Tuesday",
        "for the third time",
        "before the weekend",
        "after the latest update",
        "without an explanation",
        "as agreed on the phone",
        "although the status says \\\"delivered\\\"",
        "and expects an answer today",
        "because the colour differs",
        "in accordance with the terms of service",
        "despite two reminders",
        "which the policy allows within 30 days",
        "and attached a screenshot",
        "so the case stays open",
        "while stocks last",
        "as the knowledge base describes in section 4.2",
        "and is quite happy with it",
        "according to the log file",
        "which needs a manager's approval",
        "at the promotional price",
        "— see the note from yesterday",
        "and asks to be called back",
        "on behalf of the whole team",
        "at no extra cost"
    };

    private static final String[] ENDS = {". ", ". ", ". ", "? ", "! ", ".\\n\\n", ".\\n- "};

    private Sentences() {}

    /** Appends sentences. */
    static void write(StringBuilder json, int count, Dice dice) {
        for (int i = 0; i < count; i++) {
            String object = pick(OBJECTS, dice);
            json.append(pick(SUBJECTS, dice))
                    .append(' ')
                    .append(pick(VERBS, dice))
                    .append(' ')
                    .append(object);
            if (object.endsWith(" ")) {
                json.append(10_000_000 + dice.below(90_000_000));
            }
            json.append(' ').append(pick(TAILS, dice)).append(i == count - 1 ? "." : pick(ENDS, dice));
        }
    }

    private static String pick(String[] words, Dice dice) {
        return words[dice.below(words.length)];
    }
}
