import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HookLab } from "./hookLab.ts";
import type { Payload } from "./payloads.ts";
import { readRegistration, scriptsFor } from "./registration.ts";

const CLIENTS = join(import.meta.dirname, "../../fixtures/clients");

/** Hook payloads of a recorded run of another client than Claude Code, beside its transcripts. */
export interface ClientCapture {
	readonly client: string;
	/** Folder of the run's transcripts, among the runs of all clients. */
	readonly run: string;
	/** What our hooks make of the payloads. */
	readonly eventFile: string;
	readonly payloads: readonly Payload[];
}

interface RecordedPayload {
	/** When the client ran the hook, ISO-8601. */
	readonly t: string;
	readonly stdin: Payload;
}

export const clientCaptures: readonly ClientCapture[] = globSync("*/*.hooks.jsonl", {
	cwd: CLIENTS,
})
	.sort()
	.map((file) => {
		const run = file.replace(".hooks.jsonl", "");
		return {
			client: run.slice(0, run.indexOf("/")),
			run,
			eventFile: join(CLIENTS, `${run}.events.jsonl`),
			payloads: recorded(run).map(({ stdin }) => stdin),
		};
	});

/** Lines that our hooks make of a run one after the other, each with the time of its payload. */
export async function replayRun(lab: HookLab, { client, run }: ClientCapture): Promise<string[]> {
	const registration = readRegistration(client);
	const lines: string[] = [];
	for (const { t, stdin } of recorded(run)) {
		for (const script of scriptsFor(registration, stdin)) await lab.run(script, stdin, {}, client);
		const written = lab.lines().slice(lines.length);
		lines.push(...written.map((line) => JSON.stringify({ ...JSON.parse(line), ts: t })));
	}
	return lines;
}

function recorded(run: string): RecordedPayload[] {
	const text = readFileSync(join(CLIENTS, `${run}.hooks.jsonl`), "utf8");
	return text
		.split("\n")
		.filter((line) => line !== "")
		.map((line) => JSON.parse(line));
}
