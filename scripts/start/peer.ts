import { readFileSync } from "node:fs";
import type { Socket } from "node:net";

/** A socket of IPv6 reaches an address of IPv4 too, and is told apart. */
const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];
/** Row of a table: both ports behind their addresses, the state, and behind queues and timers the user. */
const ROW =
	/^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]{2}) (?:\S+ +){3}(\d+) /;
const ESTABLISHED = "01";

/**
 * Whether a connection over loopback comes from a process of our user, or of root, who may do anything;
 * of one that is closed already nobody knows. Where the system does not tell, it is left to the token.
 */
export function isOwnConnection({ remotePort, localPort }: Socket): boolean {
	const own = process.getuid?.();
	if (own === undefined) return true;
	// Whoever has broken the connection off already has no port any more.
	if (remotePort === undefined || localPort === undefined) return false;
	const table = TABLES.map(readTable).join("");
	// That we listen stands wherever anything does.
	if (usersOf(table, localPort, 0).length === 0) return true;
	const users = usersOf(table, remotePort, localPort);
	return users.length > 0 && users.every((user) => user === own || user === 0);
}

function readTable(file: string): string {
	try {
		return readFileSync(file, "latin1");
	} catch {
		return "";
	}
}

/**
 * @param table as /proc/net/tcp has it: https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 * @returns whose the sockets are that are bound to one port and connected to the other; null for one
 * that is not connected, or no more, which belongs to nobody and is told to be root's
 */
export function usersOf(table: string, port: number, connectedTo: number): (number | null)[] {
	const users: (number | null)[] = [];
	for (const line of table.split("\n")) {
		const [, own = "", other = "", state, user] = ROW.exec(line) ?? [];
		if (Number.parseInt(own, 16) === port && Number.parseInt(other, 16) === connectedTo) {
			users.push(state === ESTABLISHED ? Number(user) : null);
		}
	}
	return users;
}
