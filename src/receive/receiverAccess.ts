import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isLoopback, splitHost } from "../stream/bindAddress.ts";

/** Status to answer with, and why: for whoever has to set up the client. */
interface Refused {
	readonly status: 401 | 403 | 421;
	readonly reason: string;
}

/**
 * Who may send. No page may: browsers say of each request which site it is of, and programs do not. With
 * a token who has it may; without one whoever calls this machine by an address of its own, which keeps
 * out names that are rebound to it.
 */
export class ReceiverAccess {
	readonly #digest: Buffer | null;

	/** @param token empty for none */
	constructor(token: string) {
		this.#digest = token === "" ? null : digestOf(token);
	}

	refuse(headers: IncomingHttpHeaders): Refused | null {
		if (headers.origin !== undefined || headers["sec-fetch-site"] !== undefined) {
			return { status: 403, reason: "no page of a browser may send" };
		}
		if (this.#digest === null) {
			const host = splitHost(headers.host ?? "")?.host ?? "";
			if (host === "localhost" || isLoopback(host)) return null;
			return { status: 421, reason: "without a token only addresses of this machine are known" };
		}
		const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
		if (timingSafeEqual(digestOf(given), this.#digest)) return null;
		return { status: 401, reason: "the token is missing or wrong" };
	}
}

/** Of equal length for every text, as a comparison in constant time needs. */
function digestOf(text: string): Buffer {
	return createHash("sha256").update(text).digest();
}
