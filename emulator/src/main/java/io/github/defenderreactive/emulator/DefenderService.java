package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.exchange.Exchange;
import io.github.defenderreactive.emulator.internal.service.EmulatedService;
import java.util.Set;

/**
 * The emulated service without a transport. It maps a request to a response on the calling thread, with one clock.
 *
 * <p>{@link DefenderEmulator} runs it in a server. A simulation calls {@link #handle} itself, from any thread; faults
 * that concern the connection then have no effect, and the journal counts no body bytes.
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
    private final EmulatorClock clock;

    DefenderService(ServiceOptions options) {
        this.service = new EmulatedService(options);
        this.journal = new Journal(service.log());
        this.faults = new Faults(service.faults(), service.clock());
        this.stubs = new Stubs(service.stubs());
        this.tenant = new Tenant(service.tenant());
        this.signIns = new SignIns(service.users());
        this.clock = new EmulatorClock(service.clock());
    }

    /**
     * Handles a request. Never throws: a request that cannot be served gets an error status, and a failure of the
     * emulator itself is logged and becomes a 500 with the reason.
     *
     * @param request the request
     * @return the response; close its body unless it is read to the end
     */
    public ServiceResponse handle(ServiceRequest request) {
        return exchange(request).response();
    }

    Exchange exchange(ServiceRequest request) {
        return service.handle(request);
    }

    /**
     * Returns the received calls.
     *
     * @return the journal
     */
    public Journal journal() {
        return journal;
    }

    /**
     * Returns the fault injection rules.
     *
     * @return the faults
     */
    public Faults faults() {
        return faults;
    }

    /**
     * Returns the stubs, which replace responses of the emulator.
     *
     * @return the stubs
     */
    public Stubs stubs() {
        return stubs;
    }

    /**
     * Returns the state of the tenant.
     *
     * @return the tenant
     */
    public Tenant tenant() {
        return tenant;
    }

    /**
     * Returns the users of the tenant, whose sign-ins a test controls.
     *
     * @return the users
     */
    public SignIns signIns() {
        return signIns;
    }

    /**
     * Returns the clock of the service, which tests can move.
     *
     * @return the clock
     */
    public EmulatorClock clock() {
        return clock;
    }

    Set<String> operationIds() {
        return service.operationIds();
    }
}
