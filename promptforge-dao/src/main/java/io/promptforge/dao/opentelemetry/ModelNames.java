package io.promptforge.dao.opentelemetry;

import org.jspecify.annotations.Nullable;

/** The provider and the models of a call. */
record ModelNames(
        @Nullable String provider,
        @Nullable String requestModel,
        @Nullable String responseModel) {

    static ModelNames lift(Attributes attributes) {
        return new ModelNames(
                AttributeTable.PROVIDER_NAME.lift(attributes),
                AttributeTable.REQUEST_MODEL.lift(attributes),
                AttributeTable.RESPONSE_MODEL.lift(attributes));
    }

    /** The model that answered, else the one that was asked; null if neither is known. */
    @Nullable String model() {
        return responseModel != null ? responseModel : requestModel;
    }
}
