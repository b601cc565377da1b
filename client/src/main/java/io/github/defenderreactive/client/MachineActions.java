package io.github.defenderreactive.client;

import io.github.defenderreactive.client.action.Action;
import io.github.defenderreactive.client.action.ActionFailedException;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.action.ActionOutcome;
import io.github.defenderreactive.client.action.ActionRequest;
import io.github.defenderreactive.client.action.ActionTimeoutException;
import io.github.defenderreactive.client.action.ActionWorkflow;
import io.github.defenderreactive.client.action.InvestigationAction;
import io.github.defenderreactive.client.api.InvestigationsApi;
import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.client.query.ListMachineActionsQuery;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.MachineActionWatch;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.pipeline.Download;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import io.github.defenderreactive.runtime.transport.StorageLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Response actions on devices. {@link #action} requests an action and follows it to its end, {@link #awaitEach} does so
 * for many devices, and {@link #watch} delivers the changes of all actions. The other methods are single calls.
 * Returned by {@link DefenderClient#machineActions()}.
 *
 * @since 0.1.0
 */
public final class MachineActions extends MachineActionsApi {

    /** The domains to which links of investigation packages lead. */
    private static final Set<String> PACKAGE_DOMAINS = StorageLink.withDomains(
            StorageLink.BLOB_DOMAINS,
            "securitycenter.windows.com",
            "security.microsoft.com",
            "securitycenter.windows.us",
            "security.microsoft.us");

    private final ActionWorkflow workflow;
    private final InvestigationsApi investigations;
    private final Downloads downloads;

    MachineActions(Pipeline pipeline, Downloads downloads) {
        super(pipeline);
        this.workflow = ActionWorkflow.of(this);
        this.investigations = new InvestigationsApi(pipeline);
        this.downloads = downloads;
    }

    private MachineActions(Pipeline pipeline, Downloads downloads, ActionWorkflow origin) {
        super(pipeline);
        this.workflow = origin.with(this);
        this.investigations = new InvestigationsApi(pipeline);
        this.downloads = downloads;
    }

    /** Returns the group of a derived client, which keeps the order of the requests together with this one. */
    MachineActions derived(Pipeline pipeline, Downloads downloads) {
        return new MachineActions(pipeline, downloads, workflow);
    }

    ActionWorkflow workflow() {
        return workflow;
    }

    /**
     * Returns an action on a device, with the default options.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request the action, for example {@code ActionRequest.isolate("case 4711")}
     * @return the action; nothing is sent before it is subscribed to
     * @throws IllegalArgumentException if the id is blank
     */
    public Action action(String machineId, ActionRequest request) {
        return action(machineId, request, ActionOptions.defaults());
    }

    /**
     * Returns an action on a device.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request the action, for example {@code ActionRequest.isolate("case 4711")}
     * @param options the options
     * @return the action; nothing is sent before it is subscribed to
     * @throws IllegalArgumentException if the id is blank
     */
    public Action action(String machineId, ActionRequest request, ActionOptions options) {
        return workflow.action(machineId, request, options);
    }

    /**
     * Requests an action on many devices with the default options, and waits for their ends. See
     * {@link #awaitEach(Publisher, ActionRequest, ActionOptions, Duration)}.
     *
     * @param machineIds ids of the devices
     * @param request the action
     * @param timeout longest time for each device, from its request to its end, positive
     * @return an outcome for each device, in the order in which they end
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Flux<ActionOutcome> awaitEach(Publisher<String> machineIds, ActionRequest request, Duration timeout) {
        return awaitEach(machineIds, request, ActionOptions.defaults(), timeout);
    }

    /**
     * Requests an action on many devices, and waits for their ends. A failure is an outcome and does not end the rest.
     * A device is handled as {@link Action#await} does: requests wait for the quota, an active action is joined, a lost
     * response is looked up, and all devices share one poll.
     *
     * <p>To continue after a restart, pass the same devices and the same comment with
     * {@link ActionOptions.Builder#resumeSince}: a device whose action was requested by the earlier run is followed, or
     * its end is reported, and no second action is requested.
     *
     * @param machineIds ids of the devices; {@link ActionOptions#concurrency()} are handled at the same time
     * @param request the action
     * @param options the options
     * @param timeout longest time for each device, from its request to its end, positive
     * @return an outcome for each device, in the order in which they end. Errors only if {@code machineIds} does.
     *     Cancel stops requesting and following, and with {@link ActionOptions#cancelWithSubscriber()} cancels the
     *     actions that are active
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Flux<ActionOutcome> awaitEach(
            Publisher<String> machineIds, ActionRequest request, ActionOptions options, Duration timeout) {
        return workflow.awaitEach(machineIds, request, options, timeout);
    }

    /**
     * Requests an action on many devices without waiting for their ends. A failure is an outcome and does not end the
     * rest. Requests wait for the quota as long as it takes.
     *
     * @param machineIds ids of the devices; {@link ActionOptions#concurrency()} are handled at the same time
     * @param request the action
     * @param options the options
     * @return an outcome for each device with the action as the service has accepted it, in the order in which they are
     *     accepted. Errors only if {@code machineIds} does. Cancel stops requesting
     */
    public Flux<ActionOutcome> submitEach(Publisher<String> machineIds, ActionRequest request, ActionOptions options) {
        return workflow.submitEach(machineIds, request, options);
    }

    /**
     * Follows an action that was requested before, for example by another process. Shares the poll of
     * {@link Action#states()}.
     *
     * @param actionId id of the action, a GUID
     * @return the current state, each change, and the final state as the last item. Errors with an
     *     {@link ActionFailedException} after the final state of an action that did not succeed, with a
     *     {@link NotFoundException} if there is no such action, and like {@link #list}. Cancel stops following
     */
    public Flux<MachineAction> follow(String actionId) {
        return workflow.follow(actionId);
    }

    /**
     * Returns the download of an investigation package. It waits until the package is collected, as
     * {@link #awaitPackageLink} does, and requests another link when one expires: a link is valid for a short time, and
     * the service allows two requests of a link a minute.
     *
     * @param actionId id of the action that collects the package, a GUID
     * @return the download; nothing is sent before it is subscribed to. Besides its own errors it has those of
     *     {@link #awaitPackageLink}
     */
    public Download investigationPackage(String actionId) {
        return downloads.resumable(workflow.awaitPackageLink(actionId), PACKAGE_DOMAINS);
    }

    /**
     * Returns an automated investigation of a device.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param comment reason, for example a ticket
     * @return the investigation; nothing is sent before it is subscribed to. For permissions and quota see
     *     {@link MachineActionsApi#startInvestigation} and {@link InvestigationsApi#get}
     * @throws IllegalArgumentException if the id or the comment is blank
     */
    public InvestigationAction investigation(String machineId, String comment) {
        return InvestigationAction.of(this, investigations, machineId, comment);
    }

    /**
     * Waits until an investigation package is collected, and requests its link. The service responds with 404 to a link
     * that is not ready and allows two requests a minute, so the action is followed first, and a 404 is retried after
     * 30 seconds, four times. {@link #investigationPackage} also downloads the package.
     *
     * @param actionId id of the action that collects the package, a GUID
     * @return the link without the quotation marks of the service. Errors like {@link #follow}, and with a
     *     {@link NotFoundException} if there is no package. Cancel stops following. For permissions and quota see
     *     {@link MachineActionsApi#investigationPackageLink(String)}
     */
    public Mono<String> awaitPackageLink(String actionId) {
        return workflow.awaitPackageLink(actionId);
    }

    /**
     * Cancels an action and waits until it has ended. An action that has ended already is left as it is. A request
     * whose response was lost is sent again if the action has not ended.
     *
     * @param actionId id of the action, a GUID
     * @param comment reason for cancelling it
     * @param timeout longest time, positive
     * @return the final state, which is not {@code Cancelled} if the action ended before. Errors with an
     *     {@link ActionTimeoutException} if it did not end in time, with a {@link NotFoundException} if there is no
     *     such action, or with another {@link DefenderException}. Cancel stops following; the request may take effect
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Mono<MachineAction> cancelAndAwait(String actionId, String comment, Duration timeout) {
        return workflow.cancelAndAwait(actionId, comment, timeout);
    }

    /**
     * Returns a continuous stream of new and changed response actions. It does not complete by itself;
     * {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>At least once: an action is delivered until its delivery is acknowledged. After a crash the unacknowledged
     * deliveries are repeated, and no others. Each poll delivers the state of an action at that time, so an action that
     * starts and ends between two polls is delivered once, with its end. The end of every action is delivered that was
     * open when the watch started or was created later, however long it takes; the watch also delivers the end of an
     * action that was created up to seven days before {@link WatchOptions.Builder#since} and ended after it. A consumer
     * that keys on id and {@code lastUpdateDateTimeUtc} sees each version once.
     *
     * <p>The service cannot filter by the update time. A poll is one call for the new and the open actions, and one for
     * each 20 that ended since the previous poll and were created before it. The first poll after a restart requests
     * all remembered actions that it does not list.
     *
     * <p>Polls follow demand: a poll starts when there is demand, all deliveries of the previous poll are acknowledged,
     * and the interval has passed. A slow consumer delays it. Transient failures and truncated responses are retried
     * indefinitely and reported to the listener; others end the stream with {@link WatchException}, which contains the
     * cursor. If the store cannot be opened or read, the stream ends with {@link CursorStoreException}. Cancel stops at
     * once and closes the store. For permission and quota see {@link MachineActionsApi#list(ListMachineActionsQuery)}.
     * A consumer that blocks needs {@code publishOn}.
     *
     * @param options start, interval, filter, and the store of the progress. The filter should contain properties that
     *     never change, such as the type. A store belongs to one watch
     * @return the deliveries, in no particular order; each must be acknowledged
     * @throws IllegalArgumentException if the options have an expansion
     */
    public Flux<Delivery<MachineAction>> watch(WatchOptions options) {
        return MachineActionWatch.of(this, options);
    }

    /**
     * Checks whether a request whose response was lost was carried out. Polls for the action that the request would
     * have started, at once and then every 2 s, because a new action is not visible for some seconds. Each poll is a
     * call of {@link #list} with a filter.
     *
     * <p>{@link #action} does all of this. The action is found by its label, so give every request a label of its own:
     *
     * <pre>{@code
     * actions.isolate(machine, request).onErrorResume(OutcomeUnknownException.class, lost -> actions.reconcile(
     *                 machine, MachineActionType.ISOLATE, lost.sentAt(), comment, Duration.ofMinutes(1))
     *         .switchIfEmpty(actions.isolate(machine, request)));
     * }</pre>
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param type kind of action
     * @param since time at which the request was sent, {@link OutcomeUnknownException#sentAt()}. Clocks may differ by 5
     *     min
     * @param label comment or external id of the request
     * @param within how long to keep polling; zero polls once
     * @return the newest action that matches; empty if no action became visible in time, which makes it likely that the
     *     service did not act; the errors of {@link #list}. Cancel stops the polling
     */
    public Mono<MachineAction> reconcile(
            String machineId, MachineActionType type, Instant since, String label, Duration within) {
        return workflow.reconcile(machineId, type, since, label, within);
    }
}
