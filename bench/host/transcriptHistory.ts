// Transcripts as years of use leave them behind: mostly old sessions, a few that run now.
import { closeSync, mkdirSync, openSync, utimesSync, writeSync } from "node:fs";
import * as path from "node:path";

export interface HistoryShape {
	readonly files: number;
	readonly bytes: number;
	/** Of these sessions the last lines were written just now. */
	readonly running: number;
	/** Share of all bytes that one huge session of today has. */
	readonly hugeShare: number;
}

/** Text of an answer: what makes transcripts long is what tools gave back. */
const OUTPUT = "some line of the output of a command, as tools give back by the thousand\n".repeat(
	160,
);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Writes transcripts below a folder. @returns ids of the sessions that run */
export function writeHistory(folder: string, shape: HistoryShape, now: number): string[] {
	const { files, bytes, running, hugeShare } = shape;
	const sessions: string[] = [];
	const usual = (bytes * (1 - hugeShare)) / (files - 1);
	for (let index = 0; index < files; index++) {
		const session = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
		const isRunning = index < running;
		// One file in four is an agent's, as where sessions launch a few.
		const isAgent = index % 4 === 3;
		const owner = isAgent
			? `00000000-0000-4000-8000-${String(index - 1).padStart(12, "0")}`
			: session;
		const agent = isAgent ? `a${String(index).padStart(16, "0")}` : "";
		const place = path.join(folder, `-home-dev-project-${index % 20}`);
		const file = isAgent
			? path.join(place, owner, "subagents", `agent-${agent}.jsonl`)
			: path.join(place, `${session}.jsonl`);
		mkdirSync(path.dirname(file), { recursive: true });
		const size = index === 0 ? bytes * hugeShare : usual;
		const endedAt = isRunning ? now - 1000 : now - ageOf(index, files);
		writeTranscript(file, { session: owner, agent, size, endedAt });
		utimesSync(file, endedAt / 1000, endedAt / 1000);
		if (isRunning && !isAgent) sessions.push(session);
	}
	return sessions;
}

/** A tenth of the files is of today, the rest of the last year. */
function ageOf(index: number, files: number): number {
	return index % 10 === 5
		? 60 * MINUTE_MS + (index / files) * 20 * 60 * MINUTE_MS
		: DAY_MS * (1.1 + (index / files) * 365);
}

interface Transcript {
	readonly session: string;
	readonly agent: string;
	readonly size: number;
	readonly endedAt: number;
}

function writeTranscript(file: string, { session, agent, size, endedAt }: Transcript): void {
	const handle = openSync(file, "w");
	const lineBytes = OUTPUT.length + 600;
	const calls = Math.max(2, Math.floor(size / lineBytes));
	let batch: string[] = [];
	const common = (index: number) => ({
		sessionId: session,
		version: "2.1.329",
		cwd: "/home/dev/project",
		timestamp: new Date(endedAt - (calls - index) * 2000).toISOString(),
		...(agent === "" ? {} : { agentId: agent, isSidechain: true }),
	});
	batch.push(
		JSON.stringify({ type: "user", ...common(0), message: { role: "user", content: "go" } }),
	);
	for (let index = 0; index < calls; index++) {
		const id = `toolu_${session.slice(-6)}_${agent.slice(-4)}_${index}`;
		const usage = {
			input_tokens: 12,
			output_tokens: 40 + (index % 300),
			cache_read_input_tokens: 20_000,
			cache_creation_input_tokens: 500,
		};
		const command = index % 3 === 0 ? `git commit -m "step ${index}"` : `npm test -- part-${index}`;
		batch.push(
			JSON.stringify({
				type: "assistant",
				...common(index),
				message: {
					id: `msg_${id}`,
					model: "claude-sonnet-5",
					role: "assistant",
					usage,
					stop_reason: "tool_use",
					content: [{ type: "tool_use", id, name: "Bash", input: { command } }],
				},
			}),
			JSON.stringify({
				type: "user",
				...common(index + 0.5),
				message: {
					role: "user",
					content: [{ type: "tool_result", tool_use_id: id, content: OUTPUT, is_error: false }],
				},
				toolUseResult: { stdout: "", stderr: "", interrupted: false },
			}),
		);
		if (batch.length > 200) {
			writeSync(handle, `${batch.join("\n")}\n`);
			batch = [];
		}
	}
	if (batch.length > 0) writeSync(handle, `${batch.join("\n")}\n`);
	closeSync(handle);
}
