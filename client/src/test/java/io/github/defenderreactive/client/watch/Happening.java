package io.github.defenderreactive.client.watch;

/** What a simulation can do to a reader; counted, so that none can vanish without a test that fails. */
enum Happening {
    /** One call is refused with 429. */
    REFUSED_ONCE,
    /** Every call is refused with 429 for minutes. */
    REFUSED_FOR_MINUTES,
    /** The service answers 503. */
    UNWELL,
    /** The connection breaks before the answer. */
    RESET,
    /** The JSON of a page ends after some of its rows. */
    TRUNCATED_JSON,
    /** The connection breaks after some rows of a page. */
    TRUNCATED_CONNECTION,
    /** The token ended between two pages of a poll, so the next one waits for a new token. */
    TOKEN_ENDED_IN_A_POLL,
    /** The service refuses a token that had not ended; it is renewed and the call made again. */
    TOKEN_REVOKED,
    /** No token, for the authority is down or throttles. */
    AUTHORITY_DOWN,
    /** No token in the time that is allowed for one. */
    AUTHORITY_SLOW,
    /** A login page answers in the place of the authority. */
    AUTHORITY_HIDDEN,
    /** The authority does not know the secret any more: no watch can go on. */
    SECRET_EXPIRED,
    /** A call failed for want of a token when pages of the poll had been read. */
    NO_TOKEN_IN_A_POLL,
    /** The process is killed. */
    KILLED,
    /** The store is lost, and a new process begins at the last cursor that was printed. */
    BEGUN_FROM_A_CURSOR,
    /** An alert that came later than the deepest overlap promises to catch was found and reported. */
    LATE,
    /** One response has a date in the future. */
    DATE_AHEAD,
    /** One response has a date in the past. */
    DATE_BEHIND,
    /** One response has no date. */
    NO_DATE,
    /** The local clock is days or years off. */
    LOCAL_CLOCK_OFF,
    /** A row of a page has no id. */
    ROW_WITHOUT_ID,
    /** A row of a page has no time of its last update. */
    ROW_WITHOUT_TIME,
    /** A row stands in a page twice. */
    ROW_TWICE,
    /** A row that was updated in 2999 stands in a page, besides the right one. */
    ROW_FROM_THE_FUTURE,
    /** Older versions of a row stand in a page, besides the newest. */
    ROW_OF_AN_OLDER_VERSION,
    /** A row that cannot be delivered was told. */
    ROW_TOLD
}
