package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.inventory.Catalogue;
import io.github.defenderreactive.emulator.internal.inventory.Installations;
import io.github.defenderreactive.emulator.internal.inventory.Product;
import io.github.defenderreactive.emulator.internal.inventory.SecureConfiguration;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.List;

/** Records of the secure configuration assessment: every setting on every device, as the recommendations judge it. */
final class ExportedSettings {

    private static final int DISTURBS_FROM = 8;

    private final Installations installations;

    ExportedSettings(Installations installations) {
        this.installations = installations;
    }

    List<Entity> records(ExportedDevice device, ExportSnapshot snapshot) {
        return SecureConfiguration.ALL.stream()
                .map(setting -> record(device, setting))
                .toList();
    }

    private Entity record(ExportedDevice device, SecureConfiguration setting) {
        Product product = Catalogue.find(setting.productId());
        boolean applicable = product != null && installations.version(product, device.number()) >= 0;
        boolean fails = product != null && installations.fails(setting, product, device.number());
        return device.columns()
                .with("osVersion", device.osVersion())
                .with("timestamp", ExportTimes.millis(device.lastSeen()))
                .with("configurationId", setting.scid())
                // in two words here and in one on recommendations
                .with(
                        "configurationCategory",
                        setting.category().equals("SecurityControls") ? "Security controls" : setting.category())
                .with("configurationSubcategory", setting.subCategory())
                .with("configurationImpact", setting.points())
                .with("isCompliant", !fails)
                .with("isApplicable", applicable)
                .with("isExpectedUserImpact", setting.points() >= DISTURBS_FROM)
                .with("configurationName", setting.name())
                .with("recommendationReference", "sca-_-" + setting.scid());
    }
}
