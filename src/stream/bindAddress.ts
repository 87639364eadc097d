import { BlockList, isIP } from "node:net";
import { StreamError } from "./streamError.ts";

/** Where the stream listens unless told otherwise. */
export const DEFAULT_BIND = "127.0.0.1:8201";

/** An address and port to listen on. */
export interface BindAddress {
	/** An IP address, without brackets. */
	readonly host: string;
	/** 0 for any free one. */
	readonly port: number;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** True for 127.0.0.0/8 and ::1, also where IPv6 carries the former. */
export function isLoopback(address: string): boolean {
	const version = isIP(address);
	return version !== 0 && loopback.check(address, version === 4 ? "ipv4" : "ipv6");
}

/**
 * Reads `host:port`, with brackets around an IPv6 address. `localhost` stands for 127.0.0.1; no
 * other name is taken, because what it resolves to may change.
 *
 * @param allowsRemote whether an address that others can reach may be listened on
 * @throws StreamError for anything else
 */
export function parseBind(text: string, allowsRemote = false): BindAddress {
	const parts = splitHost(text.trim());
	const host = parts?.host === "localhost" ? "127.0.0.1" : (parts?.host ?? "");
	if (isIP(host) === 0 || parts === null || parts.port === null) {
		throw new StreamError(`cannot listen on ${JSON.stringify(text)}: give an address and a port`);
	}
	if (!isLoopback(host) && !allowsRemote) {
		throw new StreamError(
			`will not listen on ${host}: others could reach it, and what they read is not encrypted`,
		);
	}
	return { host, port: parts.port };
}

/**
 * Takes `host`, `host:port`, `[v6]` or `[v6]:port` apart, as a Host header has them too.
 *
 * @returns the host in lower case and without brackets, the port or null; null for other text
 */
export function splitHost(text: string): { host: string; port: number | null } | null {
	const found = /^(?:\[([0-9a-f:.]{2,45})\]|([0-9a-z._-]{1,253}))(?::(\d{1,5}))?$/i.exec(text);
	if (found === null) return null;
	const port = found[3] === undefined ? null : Number(found[3]);
	if (port !== null && port > 65_535) return null;
	return { host: (found[1] ?? found[2] ?? "").toLowerCase(), port };
}

/** As it stands in an address of the web. */
export function urlHost(host: string): string {
	return isIP(host) === 6 ? `[${host}]` : host;
}
