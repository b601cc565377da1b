package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.http.FormPart;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.Map;

/** The operations of the library group. */
final class LibraryOperations {

    private static final String SET = "LibraryFiles";

    private final Library library;
    private final ODataResponses responses;

    LibraryOperations(Library library, ODataResponses responses) {
        this.library = library;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listLibraryFiles", call -> responses.collection(call, SET, library.files()));
        handlers.put("uploadLibraryFile", this::upload);
        handlers.put("deleteLibraryFile", call -> {
            library.delete(call.id());
            return ODataResponses.empty(call);
        });
    }

    private ServiceResponse upload(OperationCall call) {
        if (!(call.body().get("file") instanceof FormPart file)) {
            throw new Problem(400, "MissingRequiredParameter", "Request body: missing part file");
        }
        return ODataResponses.entity(call, SET, library.upload(file, call.body(), call.application()));
    }
}
