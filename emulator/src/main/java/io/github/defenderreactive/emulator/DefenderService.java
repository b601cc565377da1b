package io.github.defenderreactive.emulator;

import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emulated service without a transport: a request in, an answer out, no threads, no waiting, one clock.
 *
 * <p>{@link DefenderEmulator} puts it behind a server. A simulation calls {@link #handle} itself, from any thread; faults
 * that concern the wire then have no effect, and the journal counts no body bytes.
 *
 * @since 0.1.0
 */
public final class DefenderService {

    private static final Logger LOG = LoggerFactory.getLogger(DefenderService.class);

    /** The form of HTTP, which wants two digits of a day where the constant of the JDK writes one. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final ServiceOptions options;
    private final SkewedClock clock;
    private final CallLog log = new CallLog();
    private final RuleList<FaultRule> faults = new RuleList<>(FaultRule::calls);
    private final RuleList<StubRule> stubs = new RuleList<>(StubRule::calls);
    private final Description description;
    private final Routes routes;
    private final BodyCheck bodyCheck;
    private final FormCheck formCheck;
    private final AccessTokens tokens;
    private final LoginService logins;
    private final ManagedIdentity managedIdentity;
    private final QuotaMeter quotas;
    private final Downloads downloads;
    private final Tenant tenant;
    private final Map<String, OperationHandler> handlers = new HashMap<>();
    private final AtomicLong requests = new AtomicLong();

    DefenderService(ServiceOptions options) {
        this.options = options;
        this.clock = new SkewedClock(options.clock());
        this.description = Description.load();
        this.routes = new Routes(description.operations());
        this.bodyCheck = new BodyCheck(description);
        this.formCheck = new FormCheck(description);
        Consent consent = new Consent(description, options.roles(), options.clientId());
        this.tokens = new AccessTokens(options, clock);
        this.logins = new LoginService(options, clock, consent, tokens);
        this.managedIdentity = new ManagedIdentity(options, clock, consent, tokens);
        this.quotas = new QuotaMeter(clock);
        this.downloads = new Downloads(options.seed(), clock);
        Organisation organisation = new Organisation(options.seed(), options.tenantId(), options.size());
        Machines machines = new Machines(organisation, clock, options.newestAlert());
        Alerts alerts = new Alerts(organisation, machines, options.size(), options.newestAlert());
        MachineActions actions = new MachineActions(organisation, machines, options, clock);
        ScanAgents scanAgents = new ScanAgents(organisation, machines);
        ScanDefinitions scans = new ScanDefinitions(organisation, scanAgents, options.newestAlert(), this::now);
        Answers answers = new Answers(description, options.pageSize());
        Sightings sightings = new Sightings(alerts);
        KnownFiles files = new KnownFiles(organisation, alerts.newest());
        Investigations investigations = new Investigations(alerts, sightings);
        Indicators indicators = new Indicators(organisation, files, options.newestAlert(), this::now);
        Inventory inventory = new Inventory(organisation, machines, options.newestAlert());
        RemediationTasks tasks =
                new RemediationTasks(organisation, machines, inventory.recommendations(), options.newestAlert());
        MachineReferences references = new MachineReferences(machines, answers);
        ExportedDevices devices = new ExportedDevices(organisation, machines, clock.instant());
        AvHealth health = new AvHealth(devices);
        Baselines baselines = new Baselines(devices);
        Library library = new Library(organisation, options.newestAlert(), this::now);
        new AlertOperations(alerts, files, answers, this::now).register(handlers);
        new MachineOperations(machines, alerts, inventory, answers, options.notFoundWhenNoMachines(), this::now)
                .register(handlers);
        new ActionOperations(machines, actions, alerts, investigations, library, downloads, answers, this::now)
                .register(handlers);
        new IndicatorOperations(indicators, answers).register(handlers);
        new InvestigationOperations(investigations, answers).register(handlers);
        new FileOperations(files, sightings, machines, answers, this::now).register(handlers);
        new DomainOperations(sightings, machines, answers, this::now).register(handlers);
        new IpOperations(sightings, answers, this::now).register(handlers);
        new UserOperations(alerts, answers).register(handlers);
        ExportOperations exports =
                new ExportOperations(devices, inventory, baselines, health, downloads, answers, this::now);
        exports.register(handlers);
        new DeviceHealthOperations(health, answers, this::now).register(handlers);
        new BaselineOperations(baselines, answers, this::now).register(handlers);
        new SoftwareOperations(inventory, references, answers).register(handlers);
        new VulnerabilityOperations(inventory.vulnerabilities(), references, answers).register(handlers);
        new RecommendationOperations(inventory, references, answers).register(handlers);
        new ScoreOperations(new Scores(machines, inventory, this::now), answers).register(handlers);
        new RemediationOperations(tasks, references, answers).register(handlers);
        HuntingTables hunting = new HuntingTables(machines, alerts, organisation, this::now);
        new LibraryOperations(library, answers).register(handlers);
        new HuntingOperations(hunting).register(handlers);
        new ScanOperations(scans, scanAgents, answers).register(handlers);
        Incidents incidents = new Incidents(alerts);
        SiblingAnswers siblings = new SiblingAnswers(answers, new LateWords(description), options.pageSize());
        new GraphOperations(alerts, incidents, siblings, this::now).register(handlers);
        new XdrOperations(incidents, siblings, this::now).register(handlers);
        new SiblingHunting(hunting, this::now).register(handlers);
        this.tenant = new Tenant(new Tenant.State(
                description,
                alerts,
                machines,
                actions,
                scans,
                library,
                downloads,
                exports,
                hunting.given(),
                this::now));
        requireEveryOperation();
    }

    /** An operation of the description that nobody serves is found here and not by the first test that calls it. */
    private void requireEveryOperation() {
        for (ApiOperation operation : description.operations()) {
            if (!handlers.containsKey(operation.id())) {
                throw new IllegalStateException("The emulator serves no " + operation.id() + " of the description");
            }
        }
    }

    /** What a request is for: an operation, an endpoint of the login service, something else by its id, or a refusal. */
    private record Target(
            String id,
            Routes.@Nullable Match operation,
            @Nullable LoginRoute login,
            @Nullable Problem problem,
            ServedApi api) {}

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
        Target target = target(request);
        CallRecord call = log.begin(
                now(),
                request.method(),
                target.id().equals(EndpointIds.DOWNLOAD) ? request.path() : request.target(),
                target.id(),
                request.header("authorization") != null);
        FaultRule fault = faults.next(target.id());
        ServiceResponse response = answer(request, target, fault, call);
        call.responded(response.status());
        return new Exchange(response.withHeader("Date", DATE.format(clock.instant())), call, fault);
    }

    private Target target(ServiceRequest request) {
        ServedApi api = Routes.api(request.path());
        try {
            LoginRoute login = LoginRoute.of(request.path());
            if (login != null) {
                return new Target(login.endpoint().id(), null, login, null, api);
            } else if (ManagedIdentity.serves(request.path())) {
                return new Target(EndpointIds.IDENTITY, null, null, null, api);
            } else if (request.path().startsWith(Downloads.PATH)) {
                return new Target(EndpointIds.DOWNLOAD, null, null, null, api);
            }
            Routes.Match match = routes.match(request.method(), request.path());
            ApiOperation operation = match.operation();
            return new Target(operation.id(), match, null, null, operation.api());
        } catch (Problem e) {
            return new Target("", null, null, e, api);
        }
    }

    private ServiceResponse answer(ServiceRequest request, Target target, @Nullable FaultRule fault, CallRecord call) {
        try {
            ServiceResponse response = unstarted(request, target, fault);
            return response.withBody(StartedBody.of(response.body()));
        } catch (Problem e) {
            return refused(e, target.api());
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            LOG.error("The emulator failed on {}", call, e);
            return refused(new Problem(500, "EmulatorFailure", "The emulator itself failed: " + e), target.api());
        }
    }

    private ServiceResponse unstarted(ServiceRequest request, Target target, @Nullable FaultRule fault) {
        if (fault != null && fault.kind() == FaultRule.Kind.RESET_BEFORE_HEADERS) {
            return new ServiceResponse(0, Map.of(), ResponseBody.of(new byte[0]));
        } else if (fault != null && fault.kind() == FaultRule.Kind.STATUS) {
            return failed(fault, target.id(), target.api());
        } else if (target.problem() != null) {
            throw target.problem();
        } else if (target.operation() != null) {
            ServiceResponse response = api(request, target.operation(), fault);
            return coded(target.api().dressed(response, this::requestId), request);
        }
        StubRule stub = stubs.next(target.id());
        if (stub != null) {
            return stub.response(200);
        } else if (target.login() != null) {
            return logins.answer(request, target.login());
        }
        return target.id().equals(EndpointIds.DOWNLOAD) ? downloads.answer(request) : managedIdentity.answer(request);
    }

    private ServiceResponse api(ServiceRequest request, Routes.Match match, @Nullable FaultRule fault) {
        ApiOperation operation = match.operation();
        IssuedToken token = bearer(request);
        authorise(operation, token);
        if (options.enforceQuotas()) {
            quotas.count(operation, token.application());
        }
        Query query = new Query(request.query());
        for (String name : query.values().keySet()) {
            boolean ofALink = name.equals(Query.SKIP_TOKEN) && operation.linksWithTop();
            if (!ofALink && !operation.queryParameters().containsKey(name)) {
                throw new Problem(
                        400,
                        name.startsWith("$") ? "ODataError" : "BadRequest",
                        "Query parameter '" + name + "' is not one of " + operation.id() + ": "
                                + operation.queryParameters().keySet());
            }
        }
        Map<?, ?> body = body(operation, request);
        StubRule stub = stubs.next(operation.id());
        if (stub != null) {
            return stub.response(operation.status());
        }
        OperationHandler handler = Objects.requireNonNull(handlers.get(operation.id()), operation.id());
        return handler.answer(new OperationCall(
                operation,
                match.path(),
                query,
                body,
                request.root(),
                operation.linkPath() == null ? request.path() : match.prefix() + operation.linkPath(),
                linkRoot(request, fault),
                fault != null && fault.kind() == FaultRule.Kind.LOOP,
                LateWords.preferred(request.header("prefer")),
                token.application()));
    }

    private String linkRoot(ServiceRequest request, @Nullable FaultRule fault) {
        URI foreign = fault != null && fault.linkRoot() != null ? fault.linkRoot() : options.linkRoot();
        if (foreign == null) {
            return request.root();
        }
        String text = foreign.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private IssuedToken bearer(ServiceRequest request) {
        String header = request.header("authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw unauthorized("Authorization has been denied: no bearer token");
        }
        IssuedToken token = tokens.find(header.substring(7).trim());
        if (token == null) {
            throw unauthorized("Unauthorized request - reason of failure: the token is not one of this authority");
        }
        if (!token.expires().isAfter(clock.instant())) {
            throw unauthorized("Unauthorized request - reason of failure: the token has expired");
        }
        return token;
    }

    private static Problem unauthorized(String message) {
        return new Problem(401, "Unauthorized", message, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    }

    private static void authorise(ApiOperation operation, IssuedToken token) {
        if (!operation.api().audiences().contains(token.audience())) {
            throw operation.api().wrongAudience(token.audience());
        }
        boolean ofUser = token.user() != null;
        List<String> enough = ofUser ? operation.delegatedPermissions() : operation.permissions();
        if (enough.stream().noneMatch(token.permissions()::contains)) {
            String kind = ofUser ? "scopes" : "roles";
            throw new Problem(
                    403,
                    "Forbidden",
                    "Missing application " + kind + ". API required " + kind + ": " + String.join(", ", enough)
                            + ", application " + kind + ": " + String.join(", ", token.permissions()) + ".");
        }
    }

    private Map<?, ?> body(ApiOperation operation, ServiceRequest request) {
        byte[] bytes = request.body();
        Node schema = operation.requestSchema();
        if (schema == null) {
            if (bytes.length > 0) {
                throw Problem.invalidBody(operation.id() + " takes no request body");
            }
            return Map.of();
        }
        if (bytes.length == 0) {
            if (operation.requestRequired()) {
                throw new Problem(400, "MissingRequiredParameter", "The request body is missing");
            }
            return Map.of();
        }
        if (operation.form()) {
            return formCheck.check(schema, FormPart.read(request.header("content-type"), bytes));
        }
        Object value;
        try {
            value = JsonValue.of(new String(bytes, StandardCharsets.UTF_8)).toJava();
        } catch (JsonException e) {
            throw Problem.invalidBody("The request body is not JSON: " + e.getMessage());
        }
        bodyCheck.check(schema, value);
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw Problem.invalidBody("The request body is not an object");
    }

    private ServiceResponse coded(ServiceResponse response, ServiceRequest request) {
        if (!response.headers().containsKey("Content-Type")
                || response.headers().containsKey("Content-Encoding")) {
            return response;
        }
        String offered = request.header("accept-encoding");
        ContentCoding coding = options.coding();
        if (coding == ContentCoding.NEGOTIATED) {
            coding = offered != null && offered.toLowerCase(Locale.ROOT).contains("deflate")
                    ? ContentCoding.DEFLATE_RAW
                    : ContentCoding.IDENTITY;
        }
        ResponseBody body = response.body();
        return switch (coding) {
            case GZIP -> response.withBody(CodedBody.gzip(body)).withHeader("Content-Encoding", "gzip");
            case DEFLATE_RAW ->
                response.withBody(CodedBody.deflate(body, true)).withHeader("Content-Encoding", "deflate");
            case DEFLATE_ZLIB ->
                response.withBody(CodedBody.deflate(body, false)).withHeader("Content-Encoding", "deflate");
            default -> response;
        };
    }

    private ServiceResponse failed(FaultRule fault, String operationId, ServedApi served) {
        int status = fault.status();
        String message = fault.message();
        if (fault.headers().containsKey("Content-Type") || status < 400) {
            return new ServiceResponse(status, fault.headers(), ResponseBody.of(Values.utf8(fault.body())));
        }
        Map<String, String> headers = new LinkedHashMap<>(fault.headers());
        headers.put("Content-Type", "application/json");
        byte[] body = EndpointIds.SIGN_IN.contains(operationId)
                ? Values.bytes(new Entity()
                        .with("error", status < 500 && status != 429 ? "invalid_request" : "temporarily_unavailable")
                        .with("error_description", "AADSTS90033: A transient error has occurred. Please try again.")
                        .members())
                : error(served, status, code(status), message == null ? "A fault of the emulator" : message);
        return new ServiceResponse(status, headers, ResponseBody.of(body));
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "ResourceNotFound";
            case 429 -> "429";
            case 500 -> "InternalServerError";
            default -> Integer.toString(status);
        };
    }

    private ServiceResponse refused(Problem problem, ServedApi served) {
        Map<String, String> headers = new LinkedHashMap<>(problem.headers());
        headers.put("Content-Type", "application/json; charset=utf-8");
        return new ServiceResponse(
                problem.status(),
                headers,
                ResponseBody.of(error(served, problem.status(), problem.code(), problem.text())));
    }

    private byte[] error(ServedApi served, int status, String code, String message) {
        return served.error(status, code, message, requestId(), clock.instant());
    }

    private String requestId() {
        return Seeded.uuid(options.seed(), requests.incrementAndGet(), 95);
    }

    private Instant now() {
        return Ticks.instant(Ticks.floor(clock.instant()));
    }

    /**
     * What was asked so far.
     *
     * @return the journal
     */
    public Journal journal() {
        return new Journal(log);
    }

    /**
     * What shall go wrong.
     *
     * @return the faults
     */
    public Faults faults() {
        return new Faults(faults, clock);
    }

    /**
     * Returns the responses that are sent in place of the emulator's own.
     *
     * @return the stubs
     */
    public Stubs stubs() {
        return new Stubs(stubs);
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
        return new SignIns(logins.users());
    }

    Set<String> served() {
        return Set.copyOf(handlers.keySet());
    }

    Description description() {
        return description;
    }
}
