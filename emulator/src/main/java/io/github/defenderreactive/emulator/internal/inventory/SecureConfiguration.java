package io.github.defenderreactive.emulator.internal.inventory;

import java.util.List;

/**
 * A setting that devices with a product should have.
 *
 * @param number its place in the list
 * @param points its contribution to the secure score for devices if all of them have it
 */
public record SecureConfiguration(
        int number,
        String scid,
        String name,
        String category,
        String subCategory,
        String component,
        String productId,
        int points) {

    public static final List<SecureConfiguration> ALL = List.of(
            new SecureConfiguration(
                    0,
                    "scid-2040",
                    "Require a password after sleep",
                    "Accounts",
                    "Sign-in",
                    "Operating system",
                    "microsoft-_-windows_11",
                    8),
            new SecureConfiguration(
                    1,
                    "scid-2071",
                    "Turn off the old version of file sharing",
                    "Network",
                    "",
                    "Operating system",
                    "microsoft-_-windows_server_2022",
                    9),
            new SecureConfiguration(
                    2,
                    "scid-2088",
                    "Start only what the firmware can vouch for",
                    "OS",
                    "",
                    "Firmware",
                    "microsoft-_-windows_10",
                    5),
            new SecureConfiguration(
                    3,
                    "scid-2103",
                    "Keep add-ons of strangers out of the browser",
                    "SecurityControls",
                    "Browser",
                    "Browser",
                    "anchorage-_-browser",
                    6));
}
