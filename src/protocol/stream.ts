/** Subprotocol that asks the stream for the panel's own messages; others get the log's events. */
export const PAGE_SUBPROTOCOL = "agent-live-graph.page";

/** Subprotocol that asks the stream for the messages of the page of figures. */
export const INSIGHTS_SUBPROTOCOL = "agent-live-graph.insights";

/**
 * Subprotocol whose successor in `Sec-WebSocket-Protocol` is the token: the one header that a
 * browser lets a page set for a WebSocket.
 */
export const BEARER_SUBPROTOCOL = "bearer";

/** Close code for a reader too slow to keep up ("try again later", RFC 6455 registry). */
export const LAGGED_CODE = 1013;

/** Name in the fragment of the page's address that its token stands behind. */
export const TOKEN_FRAGMENT = "token";
