package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.exchange.Exchange;
import io.github.defenderreactive.emulator.internal.service.EmulatedService;
import java.util.Set;

/**
 * The emulated service without a transport: a request in, an answer out, no threads, no waiting, one clock.
 *
 * <p>{@link DefenderEmulator} puts it behind a server. A simulation calls {@link #handle} itself, from any thread; faults
 * that concern the wire then have no effect, and the journal counts no body bytes.
 *
 * @since 0.1.0
 */
public final class DefenderService {

    private final EmulatedService service;
    private final Journal journal;
    private final Faults faults;
    private final Stubs stubs;
    private final Tenant tenant;
    private final SignIns signIns;

    DefenderService(ServiceOptions options) {
        this.service = new EmulatedService(options);
        this.journal = new Journal(service.log());
        this.faults = new Faults(service.faults(), service.clock());
        this.stubs = new Stubs(service.stubs());
        this.tenant = new Tenant(service.tenant());
        this.signIns = new SignIns(service.users());
    }

    /**
     * Handles a request. Never fails: what cannot be served gets an error status, and a failure of the emulator itself is
     * logged and becomes a 500 that says its reason.
     *
     * @param request the request
     * @return the answer; close its body unless it is read to the end
     */
    public ServiceResponse handle(ServiceRequest request) {
        return exchange(request).response();
    }

    Exchange exchange(ServiceRequest request) {
        return service.handle(request);
    }

    /**
     * What was asked so far.
     *
     * @return the journal
     */
    public Journal journal() {
        return journal;
    }

    /**
     * What shall go wrong.
     *
     * @return the faults
     */
    public Faults faults() {
        return faults;
    }

    /**
     * Returns the responses that are sent in place of the emulator's own.
     *
     * @return the stubs
     */
    public Stubs stubs() {
        return stubs;
    }

    /**
     * The state behind the API.
     *
     * @return the tenant
     */
    public Tenant tenant() {
        return tenant;
    }

    /**
     * The people of the tenant.
     *
     * @return who can sign in
     */
    public SignIns signIns() {
        return signIns;
    }

    Set<String> operationIds() {
        return service.operationIds();
    }
}
