package io.github.defenderreactive.emulator.internal.inventory;

import org.jspecify.annotations.Nullable;

/**
 * A recommended change of a product.
 *
 * @param setting the setting that it is about, null if it is about vulnerabilities
 */
record Recommendation(Product product, @Nullable SecureConfiguration setting) {

    String id() {
        return setting == null ? "va-_-" + product.id() : "sca-_-" + setting.scid();
    }

    String name() {
        if (setting != null) {
            return setting.name();
        }
        return (product.abandoned() ? "Uninstall " : "Update ")
                + product.title()
                + (version().isEmpty() ? "" : " to version " + version());
    }

    /** Returns the recommended version; empty if there is none, or another one for every build. */
    String version() {
        return setting != null || product.abandoned() || product.operatingSystem()
                ? ""
                : product.patches().get(product.patches().size() - 1);
    }

    String component() {
        return setting == null ? product.title() : setting.component();
    }

    String remediationType() {
        if (setting != null) {
            return "ConfigurationChange";
        }
        return product.abandoned() ? "Uninstall" : "Update";
    }
}
