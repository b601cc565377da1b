package io.github.defenderreactive.emulator.internal.graph;

import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The secure scores of the last 90 days and the controls they consist of. */
final class GraphScores {

    private static final int DAYS = 90;
    private static final int PURPOSE = 171;
    private static final LocalTime COMPUTED = LocalTime.of(3, 10);

    /** A control with the points that a tenant can have for it. */
    private record Control(String id, String category, String service, String title, double points) {}

    private static final List<Control> CONTROLS = List.of(
            new Control("AdminMFAV2", "Identity", "AzureAD", "Require a second factor for administrators", 10),
            new Control("BlockLegacyAuthentication", "Identity", "AzureAD", "Block sign-ins of old protocols", 8),
            new Control("dlp_datalossprevention", "Data", "MIP", "Create a policy against data loss", 5),
            new Control("mdo_safelinks", "Apps", "MDO", "Check links in messages at the time of the click", 9),
            new Control("scid_2010", "Device", "MDATP", "Turn on real-time protection", 10),
            new Control("scid_91", "Device", "MDATP", "Encrypt all drives", 9));

    private final String tenant;
    private final long seed;
    private final Organisation organisation;
    private final GraphResponses responses;
    private final Supplier<Instant> now;

    GraphScores(String tenant, long seed, Organisation organisation, GraphResponses responses, Supplier<Instant> now) {
        this.tenant = tenant;
        this.seed = seed;
        this.organisation = organisation;
        this.responses = responses;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listSecureScores", call -> responses.linked(call, "security/secureScores", scores()));
        handlers.put(
                "getSecureScore",
                call -> responses.graphEntity(
                        call, "security/secureScores", find(scores(), "Secure score", call.id())));
        handlers.put(
                "listSecureScoreControlProfiles",
                call -> responses.linked(call, "security/secureScoreControlProfiles", profiles()));
        handlers.put(
                "getSecureScoreControlProfile",
                call -> responses.graphEntity(
                        call,
                        "security/secureScoreControlProfiles",
                        find(profiles(), "Secure score control", call.id())));
    }

    private static Entity find(Stream<Entity> entities, String kind, String id) {
        return entities.filter(entity -> id.equals(entity.get("id")))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(kind, id));
    }

    /** Returns the scores, the newest first. */
    private Stream<Entity> scores() {
        LocalDate today = now.get().atOffset(ZoneOffset.UTC).toLocalDate();
        return IntStream.range(0, DAYS).mapToObj(days -> score(today.minusDays(days)));
    }

    private Entity score(LocalDate day) {
        double current = 0;
        List<Entity> controls = new ArrayList<>();
        for (int index = 0; index < CONTROLS.size(); index++) {
            Control control = CONTROLS.get(index);
            long hash = Seeded.hash(seed, day.toEpochDay() / 7 * CONTROLS.size() + index, PURPOSE);
            double points = control.points() * Seeded.below(hash, 5) / 4;
            current += points;
            controls.add(new Entity()
                    .with("controlCategory", control.category())
                    .with("controlName", control.id())
                    .with("description", control.title())
                    .with("score", points));
        }
        return new Entity()
                .with("id", tenant + "_" + day)
                .with("azureTenantId", tenant)
                .with("activeUserCount", organisation.users() * 4 / 5)
                .with("createdDateTime", day.atTime(COMPUTED).toInstant(ZoneOffset.UTC))
                .with("currentScore", current)
                .with("enabledServices", List.of("HasExchange", "HasSharePoint", "HasMDATP"))
                .with("licensedUserCount", organisation.users())
                .with("maxScore", CONTROLS.stream().mapToDouble(Control::points).sum())
                .with(
                        "averageComparativeScores",
                        List.of(
                                new Entity().with("basis", "AllTenants").with("averageScore", 21.5),
                                new Entity().with("basis", "TotalSeats").with("averageScore", 24.25)))
                .with("controlScores", controls)
                .with("vendorInformation", vendor());
    }

    private Stream<Entity> profiles() {
        return IntStream.range(0, CONTROLS.size()).mapToObj(this::profile);
    }

    private Entity profile(int index) {
        Control control = CONTROLS.get(index);
        return new Entity()
                .with("id", control.id())
                .with("azureTenantId", tenant)
                .with("actionType", "Config")
                .with("actionUrl", "https://security.microsoft.com/securescore?control=" + control.id())
                .with("controlCategory", control.category())
                .with("title", control.title())
                .with("deprecated", false)
                .with("implementationCost", index % 2 == 0 ? "Low" : "Moderate")
                .with("lastModifiedDateTime", null)
                .with("maxScore", control.points())
                .with("rank", index + 1)
                .with("remediation", "Open the page of the control and follow its steps.")
                .with("remediationImpact", "Users notice the change at their next sign-in.")
                .with("service", control.service())
                .with("threats", List.of("Account Breach", "Data Exfiltration"))
                .with("tier", "Core")
                .with("userImpact", "Low")
                .with(
                        "complianceInformation",
                        List.of(new Entity()
                                .with("certificationName", "Harbour_Standard")
                                .with(
                                        "certificationControls",
                                        List.of(new Entity()
                                                .with("name", "HS-" + (index + 1))
                                                .with("url", "")))))
                .with("controlStateUpdates", List.of())
                .with("vendorInformation", vendor());
    }

    private static Entity vendor() {
        return new Entity()
                .with("provider", "SecureScore")
                .with("providerVersion", null)
                .with("subProvider", null)
                .with("vendor", "Microsoft");
    }
}
