package io.github.defenderreactive.emulator.http;

/**
 * How answers of the API are coded.
 *
 * @since 0.1.0
 */
public enum ContentCoding {
    /** Like the service: raw DEFLATE for a caller that offers {@code deflate}, else no coding. */
    NEGOTIATED,
    /** No coding. */
    IDENTITY,
    /** Always gzip, whatever the caller offers. */
    GZIP,
    /** Always {@code deflate} without the zlib header, as the service sends it. */
    DEFLATE_RAW,
    /** Always {@code deflate} with the zlib header, as the standard has it. */
    DEFLATE_ZLIB
}
