package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.internal.http.FormPart;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Organisation;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.emulator.internal.seed.Ticks;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The live response library: some generated files and those that callers uploaded, without their content. */
public final class Library {

    static final int MOST_BYTES = 20 * 1024 * 1024;

    private static final List<String> PAST = List.of("collect-logs.ps1", "list-autostarts.ps1", "memory-map.exe");

    private final Supplier<Instant> now;
    /** By name in any letter case, as on the devices that the files go to. */
    private final Map<String, Entity> files = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Library(Organisation organisation, Instant newest, Supplier<Instant> now) {
        this.now = now;
        for (int i = 0; i < PAST.size(); i++) {
            Instant time = Ticks.instant(
                    Ticks.floor(newest) - Math.floorMod(Seeded.hash(organisation.seed(), i, 96), 300 * Ticks.DAY));
            Entity file = new Entity()
                    .with("fileName", PAST.get(i))
                    .with("sha256", Seeded.hex(organisation.seed(), i, 97, 64))
                    .with("description", i == 1 ? null : "Tool " + (i + 1) + " of the response team")
                    .with("creationTime", time)
                    .with("lastUpdatedTime", time)
                    .with("createdBy", "soc-automation")
                    .with("hasParameters", i == 0);
            // Absent from files without parameters.
            files.put(PAST.get(i), i == 0 ? file.with("parametersDescription", "-Days <count>") : file);
        }
    }

    synchronized List<Entity> files() {
        return List.copyOf(files.values());
    }

    /** Adds a script of this name unless there is one. */
    public synchronized void require(String name) {
        Instant time = now.get();
        files.computeIfAbsent(
                name,
                script -> new Entity()
                        .with("fileName", script)
                        .with("sha256", sha256(Values.utf8(script)))
                        .with("description", null)
                        .with("creationTime", time)
                        .with("lastUpdatedTime", time)
                        .with("createdBy", "soc-automation")
                        .with("hasParameters", false));
    }

    /** Stores a file as it is. */
    synchronized void put(String name, Entity file) {
        files.put(name, file);
    }

    synchronized boolean has(String name) {
        return files.containsKey(name);
    }

    /**
     * Stores a file.
     *
     * @throws Problem 400 for a file that is too large, or whose name is invalid or taken
     */
    synchronized Entity upload(FormPart file, Map<?, ?> form, String application) {
        String name = String.valueOf(file.fileName());
        if (name.isBlank() || name.contains("/") || name.contains("\\")) {
            throw Problem.invalidInput("'" + name + "' is not the name of a file");
        }
        if (file.content().length > MOST_BYTES) {
            throw Problem.invalidInput("File " + name + " has " + file.content().length
                    + " bytes, the largest file that is allowed has " + MOST_BYTES);
        }
        Entity old = files.get(name);
        if (old != null && !Boolean.TRUE.equals(form.get("OverrideIfExists"))) {
            throw new Problem(
                    400, "BadRequest", "File " + name + " exists already; OverrideIfExists says that it is replaced");
        }
        Instant time = now.get();
        Entity stored = new Entity()
                .with("fileName", name)
                .with("sha256", sha256(file.content()))
                .with("description", form.get("Description"))
                .with("creationTime", old == null ? time : old.get("creationTime"))
                .with("lastUpdatedTime", time)
                .with("createdBy", application)
                .with("hasParameters", Boolean.TRUE.equals(form.get("HasParameters")))
                .with("parametersDescription", form.get("ParametersDescription"));
        files.remove(name);
        files.put(name, stored);
        return stored;
    }

    /**
     * Deletes a file.
     *
     * @throws Problem 404 if there is none of this name
     */
    synchronized void delete(String name) {
        if (files.remove(name) == null) {
            throw Problem.notFound("File", name);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
