// A process of clients for the benchmark of the stream: counts what comes and checks its order.
import { WebSocket } from "ws";

/** What the process is asked for, as JSON in its first argument. */
export interface StreamClientsInput {
	readonly url: string;
	readonly token: string;
	readonly clients: number;
	/** Number of the last event. */
	readonly events: number;
}

/** What it prints as JSON once every client has all, or has ended. */
export interface StreamClientsResult {
	/** Clients that got every event in order. */
	readonly whole: number;
	/** Clients that were told that they lagged, after an unbroken row. */
	readonly lagged: number;
	/** Clients that missed an event and were not told. */
	readonly broken: number;
	/** Delay from an event's `ts` to its arrival at a client, ms. */
	readonly p50: number;
	readonly p99: number;
}

const input = JSON.parse(process.argv[2] ?? "{}") as StreamClientsInput;
const delays: number[] = [];
const count = { whole: 0, lagged: 0, broken: 0 };
let begun = 0;
await Promise.all(Array.from({ length: input.clients }, watch));
delays.sort((a, b) => a - b);
const percentile = (p: number) => delays[Math.floor((delays.length - 1) * p)] ?? 0;
const result: StreamClientsResult = { ...count, p50: percentile(0.5), p99: percentile(0.99) };
console.log(JSON.stringify(result));

async function watch(): Promise<void> {
	const socket = new WebSocket(input.url, ["bearer", input.token]);
	let last = 0;
	let isBroken = false;
	socket.on("message", (data: Buffer) => {
		const text = data.toString("latin1");
		if (text.startsWith('{"type":"snapshot"')) {
			begun++;
			if (begun === input.clients) console.log("ready");
			return;
		}
		const seq = Number(/^{"type":"event","seq":(\d+),/.exec(text)?.[1]);
		if (Number.isNaN(seq)) return;
		isBroken ||= seq !== last + 1;
		last = seq;
		// Every event of every client would be as many as a machine can sort in a while.
		if (seq % 10 === 0) {
			delays.push(Date.now() - Date.parse(/"ts":"([^"]+)"/.exec(text)?.[1] ?? ""));
		}
		if (seq === input.events) socket.close();
	});
	const code = await new Promise<number>((resolve) => {
		socket.on("close", resolve).on("error", () => {});
	});
	if (isBroken) count.broken++;
	else if (last === input.events) count.whole++;
	else if (code === 1013) count.lagged++;
	else count.broken++;
}
