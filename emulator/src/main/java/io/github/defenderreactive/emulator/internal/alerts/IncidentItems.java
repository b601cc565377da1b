package io.github.defenderreactive.emulator.internal.alerts;

import io.github.defenderreactive.emulator.internal.data.Items;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.json.Values;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The incidents as tests give them in the form of one API. Members that both APIs have are those of the same incident;
 * the others are shown by that API only. An incident has at least one alert, as in the service.
 */
public final class IncidentItems implements Items {

    /**
     * The form of incidents in an API.
     *
     * @param api the name under which an incident keeps the members of this API only
     * @param number the member with the number of an incident
     * @param alertId the member with the id of an alert
     * @param same the names of members in an incident by those of the API
     * @param value returns the value of a member as an incident has it
     * @param addAlert adds an alert of the API and returns its id
     */
    public record Form(
            String api,
            String number,
            String alertId,
            Map<String, String> same,
            BiFunction<String, @Nullable Object, @Nullable Object> value,
            Function<Map<String, @Nullable Object>, String> addAlert) {}

    private static final String ALERTS = "alerts";

    private final Form form;
    private final Incidents incidents;
    private final Incidents.Form shown;
    private final Supplier<Instant> now;

    public IncidentItems(Form form, Incidents incidents, Incidents.Form shown, Supplier<Instant> now) {
        this.form = form;
        this.incidents = incidents;
        this.shown = shown;
        this.now = now;
    }

    @Override
    public String add(Map<String, @Nullable Object> members) {
        Object given = members.get(form.number());
        if (given != null && !isNumber(given)) {
            throw new IllegalArgumentException(
                    "incident member " + form.number() + " must be a number, was '" + given + "'");
        }
        long number = given == null ? incidents.newNumber() : Long.parseLong(String.valueOf(given));
        String id = Long.toString(number);
        if (incidents.find(number) != null) {
            throw Kind.taken("incident", id);
        }
        if (members.get(ALERTS) instanceof List<?> list && !list.isEmpty()) {
            list.forEach(alert -> addAlert((Map<?, ?>) alert, number));
        } else {
            addAlert(Map.of(), number);
        }
        change(id, members);
        return id;
    }

    /** Moves an alert to the incident, and adds it before unless it exists. */
    private void addAlert(Map<?, ?> given, long number) {
        Alerts all = incidents.alerts();
        String id = String.valueOf(given.get(form.alertId()));
        if (all.find(id) == null) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            given.forEach((name, value) -> members.put((String) name, value));
            id = form.addAlert().apply(members);
        }
        incidents.move(Objects.requireNonNull(all.find(id)), number, now.get());
    }

    private static boolean isNumber(Object value) {
        return String.valueOf(value).matches("\\d{1,18}");
    }

    private @Nullable Incident incident(String id) {
        return isNumber(id) ? incidents.find(Long.parseLong(id)) : null;
    }

    @Override
    public @Nullable Map<String, @Nullable Object> find(String id) {
        Incident incident = incident(id);
        return incident == null
                ? null
                : Values.plainMembers(shown.view().apply(incident).members());
    }

    @Override
    public void change(String id, Map<String, @Nullable Object> members) {
        long number = Long.parseLong(id);
        Map<String, @Nullable Object> only =
                new LinkedHashMap<>(Objects.requireNonNull(incident(id)).only(form.api()));
        Map<String, @Nullable Object> shared = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            String same = form.same().get(name);
            if (same != null) {
                shared.put(same, form.value().apply(name, value));
            } else if (!name.equals(form.number()) && !name.equals(ALERTS)) {
                only.put(name, value);
            }
        });
        incidents.change(number, now.get(), changes -> {
            changes.putAll(shared);
            changes.put(form.api(), only);
            return changes;
        });
    }

    @Override
    public void remove(String id) {
        incidents.remove(Long.parseLong(id));
    }

    @Override
    public Stream<Map<String, @Nullable Object>> all() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(incidents.scan(null, 0, shown), Spliterator.ORDERED), false)
                .map(view -> Values.plainMembers(view.members()));
    }
}
