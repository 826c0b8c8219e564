package io.promptforge.dao.model;

/**
 * Reads the prices of a model in a catalogue's document, as {@link ModelPrices} puts them together: by the million, each, above a length
 * of the prompt, and in a service tier.
 */
final class PricesReader {
    private PricesReader() {}

    static ModelPrices read(CatalogueReader document) {
        ModelPrices prices = ModelPrices.unknown();
        for (String part : document.names()) {
            CatalogueReader object = document.object(part);
            prices = switch (part) {
                case "per_million" -> perMillion(prices, object);
                case "each" -> each(prices, object);
                case "above" -> above(prices, object);
                default -> prices.tier(tier(document, part), read(object));
            };
            object.end();
        }
        return prices;
    }

    private static ModelPrices perMillion(ModelPrices before, CatalogueReader amounts) {
        ModelPrices prices = before;
        for (String unit : amounts.names()) {
            prices = prices.perMillion(unit(amounts, unit), amounts.number(unit));
        }
        return prices;
    }

    private static ModelPrices each(ModelPrices before, CatalogueReader amounts) {
        ModelPrices prices = before;
        for (String unit : amounts.names()) {
            prices = prices.each(unit(amounts, unit), amounts.number(unit));
        }
        return prices;
    }

    private static ModelPrices above(ModelPrices before, CatalogueReader lengths) {
        ModelPrices prices = before;
        for (String tokens : lengths.names()) {
            if (!tokens.matches("[1-9][0-9]{0,17}")) {
                throw CatalogueReader.wrong(lengths.at(tokens), "must be a number of tokens");
            }
            prices = prices.above(Long.parseLong(tokens), read(lengths.object(tokens)));
        }
        return prices;
    }

    private static UsageUnit unit(CatalogueReader amounts, String code) {
        return UsageUnit.ofCode(code).orElseThrow(() -> CatalogueReader.wrong(amounts.at(code), "is no unit of usage"));
    }

    private static ServiceTier tier(CatalogueReader document, String code) {
        return ServiceTier.ofCode(code)
                .filter(tier -> tier != ServiceTier.STANDARD)
                .orElseThrow(() ->
                        CatalogueReader.wrong(document.at(code), "is neither a group of prices nor a service tier"));
    }
}
