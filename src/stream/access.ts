import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { BEARER_SUBPROTOCOL } from "../protocol/stream.ts";
import { isLoopback, splitHost } from "./bindAddress.ts";

/** Who may ask, and for what address they must think that they ask it. */
interface AccessRules {
	/** Port that is listened on. */
	readonly port: number;
	/** Listening on an address that other machines reach. */
	readonly isRemote: boolean;
	readonly token: string;
}

/** Status to answer with, and why: for the log, never for whoever asked. */
interface Refusal {
	readonly status: 401 | 403 | 421;
	readonly reason: string;
}

/**
 * Decides on requests. A page of another site can make a browser send any of them, so the Host must
 * be an address (a name may be rebound to this machine), the Origin local, and the token known.
 */
export class Access {
	readonly #rules: AccessRules;
	readonly #digest: Buffer;

	constructor(rules: AccessRules) {
		this.#rules = rules;
		this.#digest = digestOf(rules.token);
	}

	/** What every request must fulfil. */
	refuseRequest(headers: IncomingHttpHeaders): Refusal | null {
		return this.#isOwnHost(headers.host) ? null : { status: 421, reason: "foreign Host" };
	}

	/** What a connection to the stream must fulfil. All is looked at before anything is said. */
	refuseStream(headers: IncomingHttpHeaders): Refusal | null {
		const request = this.refuseRequest(headers);
		const isOriginRight = this.#isOriginRight(headers.origin, headers.host);
		const token = bearerOf(headers);
		const isTokenRight = timingSafeEqual(digestOf(token ?? ""), this.#digest);
		if (request !== null) return request;
		if (!isOriginRight) return { status: 403, reason: "foreign Origin" };
		if (token === null) return { status: 401, reason: "no token" };
		return isTokenRight ? null : { status: 401, reason: "wrong token" };
	}

	#isOwnHost(text: string | undefined): boolean {
		const parts = splitHost(text ?? "");
		if (parts === null || (parts.port ?? 80) !== this.#rules.port) return false;
		if (isLocalName(parts.host)) return true;
		return this.#rules.isRemote && isIP(parts.host) !== 0;
	}

	/**
	 * Pages of this machine, whatever port serves them, and of no server at all (`null`). Programs
	 * send none. The token decides; this keeps foreign pages from as much as trying one.
	 */
	#isOriginRight(origin: string | undefined, host: string | undefined): boolean {
		if (origin === undefined || origin === "null") return true;
		const rest = /^https?:\/\/(.+)$/.exec(origin)?.[1];
		if (rest === undefined) return false;
		if (this.#rules.isRemote && rest === host) return true;
		return isLocalName(splitHost(rest)?.host ?? "");
	}
}

function isLocalName(host: string): boolean {
	return host === "localhost" || isLoopback(host);
}

/**
 * The token of `Sec-WebSocket-Protocol: bearer, <token>`, where pages must put it, or of
 * `Authorization: Bearer <token>`; null where neither is.
 */
function bearerOf(headers: IncomingHttpHeaders): string | null {
	const offered = subprotocolsOf(headers);
	const at = offered.indexOf(BEARER_SUBPROTOCOL);
	if (at >= 0) return offered[at + 1] ?? null;
	return /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? null;
}

function subprotocolsOf(headers: IncomingHttpHeaders): string[] {
	return (headers["sec-websocket-protocol"] ?? "").split(",").map((each) => each.trim());
}

/** Of equal length for every text, as a comparison in constant time needs. */
function digestOf(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}
