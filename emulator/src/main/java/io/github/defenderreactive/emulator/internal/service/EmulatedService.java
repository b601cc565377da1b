package io.github.defenderreactive.emulator.internal.service;

import io.github.defenderreactive.emulator.http.ContentCoding;
import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.actions.Downloads;
import io.github.defenderreactive.emulator.internal.admission.Routes;
import io.github.defenderreactive.emulator.internal.config.ServiceOptions;
import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.description.EndpointIds;
import io.github.defenderreactive.emulator.internal.exchange.CallLog;
import io.github.defenderreactive.emulator.internal.exchange.CallRecord;
import io.github.defenderreactive.emulator.internal.exchange.Exchange;
import io.github.defenderreactive.emulator.internal.http.CodedBody;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.http.StartedBody;
import io.github.defenderreactive.emulator.internal.login.LoginEndpoints;
import io.github.defenderreactive.emulator.internal.login.SimulatedUsers;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import io.github.defenderreactive.emulator.internal.rules.RuleList;
import io.github.defenderreactive.emulator.internal.rules.StubRule;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The emulated service without a transport. Thread-safe. */
public final class EmulatedService {

    private static final Logger LOG = LoggerFactory.getLogger(EmulatedService.class);

    /** The form of HTTP, which has two digits for a day where the constant of the JDK writes one. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Stands for a connection that is reset instead of a response. */
    private static final ServiceResponse NONE = new ServiceResponse(0, Map.of(), ResponseBody.of(new byte[0]));

    private final ContentCoding coding;
    private final SkewedClock clock;
    private final CallLog log = new CallLog();
    private final RuleList<FaultRule> faults = new RuleList<>(FaultRule::calls);
    private final RuleList<StubRule> stubs = new RuleList<>(StubRule::calls);
    private final Routes routes;
    private final LoginEndpoints logins;
    private final Admission admission;
    private final TenantState tenant;
    private final Map<String, OperationHandler> handlers;
    private final ErrorResponses errors;

    public EmulatedService(ServiceOptions options) {
        Description description = Description.load();
        this.coding = options.coding();
        this.clock = new SkewedClock(options.clock());
        this.routes = new Routes(description.operations());
        this.logins = new LoginEndpoints(options, description, clock);
        this.admission = new Admission(options, description, logins, clock);
        this.tenant = new TenantState(options, description, clock);
        this.handlers = tenant.handlers();
        this.errors = new ErrorResponses(options.seed(), clock);
    }

    /** Returns the ids of the operations that have a handler. */
    public Set<String> operationIds() {
        return handlers.keySet();
    }

    public CallLog log() {
        return log;
    }

    public RuleList<FaultRule> faults() {
        return faults;
    }

    public RuleList<StubRule> stubs() {
        return stubs;
    }

    public SkewedClock clock() {
        return clock;
    }

    public SimulatedUsers users() {
        return logins.users();
    }

    public TenantState tenant() {
        return tenant;
    }

    /**
     * Handles a request. Never throws: a failure of the emulator itself is logged and becomes a 500 with its reason.
     */
    public Exchange handle(ServiceRequest request) {
        Target target = Target.of(request, routes);
        CallRecord call = log.begin(
                tenant.now(),
                request.method(),
                target.id().equals(EndpointIds.DOWNLOAD) ? request.path() : request.target(),
                target.id(),
                request.header("authorization") != null);
        FaultRule fault = faults.next(target.id(), request.path());
        ServiceResponse response = respond(request, target, fault, call);
        if (fault != null && fault.kind() == FaultRule.Kind.LOSE) {
            response.body().close();
            response = NONE;
        }
        call.responded(response.status());
        return new Exchange(response.withHeader("Date", DATE.format(clock.instant())), call, fault);
    }

    private ServiceResponse respond(ServiceRequest request, Target target, @Nullable FaultRule fault, CallRecord call) {
        try {
            ServiceResponse response = unstarted(request, target, fault);
            return response.withBody(StartedBody.of(response.body()));
        } catch (Problem e) {
            return errors.refusal(e, target.api());
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            LOG.error("The emulator failed on {}", call, e);
            return errors.refusal(
                    new Problem(500, "EmulatorFailure", "The emulator itself failed: " + e), target.api());
        }
    }

    private ServiceResponse unstarted(ServiceRequest request, Target target, @Nullable FaultRule fault) {
        if (fault != null && fault.kind() == FaultRule.Kind.RESET_BEFORE_HEADERS) {
            return NONE;
        } else if (fault != null && fault.kind() == FaultRule.Kind.STATUS) {
            return errors.fault(fault, target);
        } else if (target.refusal() != null) {
            throw target.refusal();
        } else if (target.operation() != null) {
            ServiceResponse response = operation(request, target.operation(), fault);
            return CodedBody.code(
                    target.api().dressed(response, errors::requestId), coding, request.header("accept-encoding"));
        }
        StubRule stub = stubs.next(target.id(), request.path());
        if (stub != null) {
            return stub.response(200);
        } else if (target.login() != null) {
            return logins.login(request, target.login());
        }
        if (fault != null && fault.kind() == FaultRule.Kind.EXPIRED_LINK) {
            return Downloads.expired();
        }
        return target.id().equals(EndpointIds.DOWNLOAD)
                ? tenant.downloads().respond(request)
                : logins.identity(request);
    }

    private ServiceResponse operation(ServiceRequest request, Routes.Match match, @Nullable FaultRule fault) {
        OperationCall call = admission.admit(request, match, fault);
        String id = call.operation().id();
        StubRule stub = stubs.next(id, request.path());
        return stub != null
                ? stub.response(call.operation().status())
                : Objects.requireNonNull(handlers.get(id), id).respond(call);
    }
}
