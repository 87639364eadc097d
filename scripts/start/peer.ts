import { readFileSync } from "node:fs";
import type { Socket } from "node:net";

/** Row of /proc/net/tcp: both addresses, and behind state, queues and timers the user. */
const ROW = /^\s*\d+: [0-9A-F]{8}:([0-9A-F]{4}) [0-9A-F]{8}:([0-9A-F]{4}) (?:\S+ +){4}(\d+) /;

/**
 * Whether a connection over loopback comes from a process of our user, or of root, who may do anything.
 * Where the system does not tell, it is left to the token.
 */
export function isOwnConnection({ remotePort, localPort }: Socket): boolean {
	const own = process.getuid?.();
	if (own === undefined || remotePort === undefined || localPort === undefined) return true;
	let table: string;
	try {
		table = readFileSync("/proc/net/tcp", "latin1");
	} catch {
		return true;
	}
	const user = userOf(table, remotePort, localPort);
	return user === null || user === own || user === 0;
}

/**
 * @param table as /proc/net/tcp has it: https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 * @returns whose the socket is that is bound to one port and connected to the other; null for none
 */
export function userOf(table: string, port: number, connectedTo: number): number | null {
	for (const line of table.split("\n")) {
		const [, own = "", other = "", user] = ROW.exec(line) ?? [];
		if (Number.parseInt(own, 16) === port && Number.parseInt(other, 16) === connectedTo) {
			return Number(user);
		}
	}
	return null;
}
