package io.github.defenderreactive.emulator.http;

/**
 * Content codings of the responses of the API.
 *
 * @since 0.1.0
 */
public enum ContentCoding {
    /** The behaviour of the service: raw DEFLATE for a caller that accepts {@code deflate}, else no coding. */
    NEGOTIATED,
    /** No coding. */
    IDENTITY,
    /** Always gzip, whatever the caller accepts. */
    GZIP,
    /** Always {@code deflate} without the zlib header, as the service sends it. */
    DEFLATE_RAW,
    /** Always {@code deflate} with the zlib header, as the standard has it. */
    DEFLATE_ZLIB
}
