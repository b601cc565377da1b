package io.github.defenderreactive.runtime.auth.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Permissions;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.testing.JwtMaker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermissionCheckTest {

    private static final OperationInfo LIST =
            operation("listAlerts", List.of("Alert.ReadWrite.All", "Alert.Read.All"), List.of("Alert.Read"));
    private static final OperationInfo UPDATE =
            operation("updateAlert", List.of("Alert.ReadWrite.All"), List.of("Alert.ReadWrite"));
    private static final OperationInfo ISOLATE =
            operation("isolate", List.of("Machine.Isolate"), List.of("Machine.Isolate"));
    private static final OperationInfo APPLICATIONS_ONLY = operation("write", List.of("Event.Write"), List.of());

    static OperationInfo operation(String id, List<String> application, List<String> delegated) {
        return OperationInfo.builder()
                .api("test")
                .id(id)
                .tag("tests")
                .method("GET")
                .path("/" + id)
                .summary(id)
                .permissions(new Permissions(application, delegated))
                .quota(new Quota(id, 100, 1500))
                .replaySafety(ReplaySafety.SAFE)
                .sourcePage("test.md")
                .build();
    }

    private static AccessTokenClaims claims(String claims) {
        return AccessTokenClaims.of(AccessToken.of(JwtMaker.unchecked(claims), Instant.MAX));
    }

    private static List<String> missing(String claims, OperationInfo... operations) {
        return PermissionCheck.of(operations).missing(claims(claims)).stream()
                .map(PermissionCheck.Missing::toString)
                .toList();
    }

    @Test
    void shouldSayWhatAnApplicationLacks() {
        assertThat(missing("{\"roles\":[\"alert.read.all\"]}", ISOLATE, LIST, UPDATE))
                .containsExactly("isolate needs Machine.Isolate", "updateAlert needs Alert.ReadWrite.All");
        assertThat(missing("{}", LIST)).containsExactly("listAlerts needs Alert.Read.All or Alert.ReadWrite.All");
        assertThat(missing("{\"roles\":[\"Alert.ReadWrite.All\",\"Machine.Isolate\"]}", ISOLATE, LIST, UPDATE))
                .isEmpty();
    }

    @Test
    void shouldSayWhatAUserLacks() {
        assertThat(missing(
                        "{\"scp\":\"Alert.Read Machine.Isolate\",\"roles\":[\"Alert.ReadWrite.All\"]}",
                        LIST,
                        UPDATE,
                        ISOLATE,
                        APPLICATIONS_ONLY))
                .containsExactly("updateAlert needs Alert.ReadWrite", "write is not available to this kind of token");
    }

    @Test
    void shouldNameTheLeastPermissions() {
        assertThat(PermissionCheck.of(LIST).leastForApplication()).containsExactly("Alert.Read.All");
        assertThat(PermissionCheck.of(LIST, UPDATE).leastForApplication())
                .as("one that writes is needed anyway")
                .containsExactly("Alert.ReadWrite.All");
        assertThat(PermissionCheck.of(LIST, UPDATE, ISOLATE).leastForUser())
                .containsExactly("Alert.Read", "Alert.ReadWrite", "Machine.Isolate");
        assertThat(PermissionCheck.of(APPLICATIONS_ONLY).leastForUser()).isEmpty();
        assertThat(PermissionCheck.of().leastForApplication()).isEmpty();
    }

    @Test
    void shouldPreferReadingToFewerPermissions() {
        OperationInfo one = operation("one", List.of("A.ReadWrite.All", "B.Read.All"), List.of());
        OperationInfo two = operation("two", List.of("A.ReadWrite.All", "C.Read.All"), List.of());
        assertThat(PermissionCheck.of(one, two).leastForApplication()).containsExactly("B.Read.All", "C.Read.All");
        OperationInfo both = operation("both", List.of("B.Read.All", "D.Read.All"), List.of());
        OperationInfo other = operation("other", List.of("C.Read.All", "D.Read.All"), List.of());
        OperationInfo third = operation("third", List.of("E.Read.All", "D.Read.All"), List.of());
        assertThat(PermissionCheck.of(both, other, third).leastForApplication()).containsExactly("D.Read.All");
    }

    /** Against trying every subset. */
    @Test
    void shouldFindTheLightestSet() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<Set<String>> groups = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                Set<String> group = new TreeSet<>();
                for (int j = 0; j < 1 + random.nextInt(4); j++) {
                    group.add("n" + random.nextInt(9));
                }
                groups.add(group);
            }
            Set<String> found = HittingSet.of(groups, PermissionCheckTest::weight);
            assertThat(groups).allSatisfy(group -> assertThat(group).containsAnyElementsOf(found));
            assertThat(weight(found)).as("%s", groups).isEqualTo(lightest(groups));
        }
    }

    private static long weight(String name) {
        return 1 + (name.charAt(1) - '0') % 3;
    }

    private static long weight(Set<String> names) {
        return names.stream().mapToLong(PermissionCheckTest::weight).sum();
    }

    private static long lightest(List<Set<String>> groups) {
        return IntStream.range(0, 1 << 9)
                .mapToObj(mask -> {
                    Set<String> chosen = new HashSet<>();
                    IntStream.range(0, 9).filter(i -> (mask & 1 << i) != 0).forEach(i -> chosen.add("n" + i));
                    return chosen;
                })
                .filter(chosen ->
                        groups.stream().allMatch(group -> group.stream().anyMatch(chosen::contains)))
                .mapToLong(PermissionCheckTest::weight)
                .min()
                .orElseThrow();
    }

    @Test
    void shouldFinishWithManyGroups() {
        Random random = new Random(11);
        List<Set<String>> groups = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Set<String> group = new TreeSet<>();
            while (group.size() < 4) {
                group.add("n" + random.nextInt(60));
            }
            groups.add(group);
        }
        Set<String> found = HittingSet.of(groups, name -> 1);
        assertThat(groups).allSatisfy(group -> assertThat(group).containsAnyElementsOf(found));
    }
}
