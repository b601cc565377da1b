package io.github.defenderreactive.emulator.internal.rules;

/**
 * The end of a response action.
 *
 * @param status a final status such as Failed
 * @param errorHResult the error code of the device, 0 for none
 */
public record ActionEnd(String status, int errorHResult) {}
