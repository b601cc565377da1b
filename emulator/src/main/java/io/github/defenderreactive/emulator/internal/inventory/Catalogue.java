package io.github.defenderreactive.emulator.internal.inventory;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The products and their vulnerabilities, the same in every tenant. */
public final class Catalogue {

    /** Base scores in turn; the service leaves some out, and sends some as whole numbers. */
    private static final List<@Nullable BigDecimal> SCORES = Arrays.asList(
            new BigDecimal("9.1"), new BigDecimal("7.8"), new BigDecimal("6.5"), null, new BigDecimal("8"));

    private static final List<String> CYCLES = List.of("4751", "4890", "5039", "5189");

    /** Windows shares its vulnerabilities over its editions, each of which has updates of its own. */
    private static final List<Weakness> WINDOWS = weaknesses(8, 9, 4, false);

    static final List<Product> PRODUCTS = List.of(
            product(0, "quayside", "manifest_viewer", "Manifest Viewer", List.of("8.0.4", "8.1.0", "8.2.1"), 3, true),
            product(1, "quayside", "berth_planner", "Berth Planner", List.of("4.9", "5.0"), 0, false),
            product(2, "brinesoft", "archiver", "Archiver", List.of("22.1", "22.4"), 2, false),
            product(3, "brinesoft", "remote_desk", "Remote Desk", List.of("3.8", "3.9.2", "3.9.7"), 5, false),
            product(4, "anchorage", "browser", "Browser", List.of("139.0.1", "140.0.2", "141.0.3"), 4, false),
            product(5, "anchorage", "mail", "Mail", List.of("17.0", "17.1"), 1, false),
            product(6, "tidewater", "runtime", "Runtime", List.of("17.0.13", "17.0.15"), 2, false),
            product(7, "tidewater", "fax_gateway", "Fax Gateway", List.of("2.6"), 2, false),
            windows(8, "windows_11", "Windows 11", List.of(22631, 26100), 5_080_000),
            windows(9, "windows_10", "Windows 10", List.of(19045), 5_080_011),
            windows(10, "windows_server_2022", "Windows Server 2022", List.of(20348), 5_080_023));

    /** All vulnerabilities by CVE id. */
    static final Map<String, Weakness> WEAKNESSES = byCve();

    private Catalogue() {}

    /** Returns a product by its key; null if there is none. */
    public static @Nullable Product find(String id) {
        return PRODUCTS.stream()
                .filter(product -> product.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static Product product(
            int number,
            String vendor,
            String name,
            String title,
            List<String> versions,
            int weaknesses,
            boolean lastUnpatchable) {
        return new Product(
                number,
                vendor,
                name,
                title,
                List.of(),
                0,
                versions,
                weaknesses(number, weaknesses, versions.size(), lastUnpatchable));
    }

    private static Product windows(int number, String name, String title, List<Integer> builds, int firstKb) {
        return new Product(number, "microsoft", name, title, builds, firstKb, CYCLES, WINDOWS);
    }

    /** Returns vulnerabilities that are fixed level by level; with one version only there is no fix. */
    private static List<Weakness> weaknesses(int number, int count, int levels, boolean lastUnpatchable) {
        List<Weakness> weaknesses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean unpatchable = levels == 1 || lastUnpatchable && i == count - 1;
            weaknesses.add(new Weakness(
                    "CVE-2026-" + (70_000 + number * 100 + i),
                    SCORES.get(i % SCORES.size()),
                    unpatchable ? Weakness.NEVER : 1 + i % (levels - 1),
                    30 + number * 11 + i,
                    i == 0));
        }
        return List.copyOf(weaknesses);
    }

    private static Map<String, Weakness> byCve() {
        Map<String, Weakness> all = new TreeMap<>();
        PRODUCTS.forEach(product -> product.weaknesses().forEach(weakness -> all.put(weakness.cve(), weakness)));
        return all;
    }
}
