import { once } from "node:events";
import type { Server } from "node:http";

/** Tried first, so that the page finds what it stored in the browser the last time. */
const USUAL_PORT = 8_620;

/** Listens on 127.0.0.1 and returns the port. A port that was asked for is not replaced. */
export async function listen(server: Server, port: number | undefined): Promise<number> {
	try {
		return await listenOn(server, port ?? USUAL_PORT);
	} catch (error) {
		if (port === undefined && isTaken(error)) {
			return listenOn(server, 0);
		}
		throw error;
	}
}

async function listenOn(server: Server, port: number): Promise<number> {
	server.listen(port, "127.0.0.1");
	try {
		await once(server, "listening");
	} catch (error) {
		throw isTaken(error) ? new Error(`Port ${port} is taken.`, { cause: error }) : error;
	}
	const address = server.address();
	return address === null || typeof address === "string" ? port : address.port;
}

function isTaken(error: unknown): boolean {
	if (!(error instanceof Error)) {
		return false;
	}
	return ("code" in error && error.code === "EADDRINUSE") || isTaken(error.cause);
}
