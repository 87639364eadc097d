// Files of other clients than Claude Code, as long use leaves them behind.
import { appendFileSync, closeSync, cpSync, mkdirSync, openSync, writeSync } from "node:fs";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { inProject } from "../../scripts/paths.ts";

/** Text of an answer: what makes transcripts long is what tools gave back. */
const OUTPUT = "some line of the output of a command, as tools give back by the thousand\n".repeat(
	160,
);
const DAY_MS = 86_400_000;

/** A rollout in the way of version 0.171: a script, its command, what came back, and tokens. */
export interface Rollout {
	readonly file: string;
	readonly thread: string;
	/** Adds a turn of a few lines. */
	append(): void;
}

/** @param bytes about how long it is to be */
export function writeRollout(folder: string, bytes: number, now: number): Rollout {
	const thread = "01a219c8-5538-7b32-8ec4-a9dcb6e966e9";
	const file = path.join(folder, "2026", "11", "26", `rollout-2026-11-26T21-34-49-${thread}.jsonl`);
	mkdirSync(path.dirname(file), { recursive: true });
	const handle = openSync(file, "w");
	const calls = Math.ceil(bytes / (OUTPUT.length * 2.15 + 3000));
	const beganAt = now - calls * 2000;
	writeSync(handle, lines(beginning(thread, beganAt)));
	for (let index = 0; index < calls; index += 50) {
		const some = Array.from({ length: 50 }, (_, each) =>
			stepOf(thread, index + each, beganAt + (index + each) * 2000),
		);
		writeSync(handle, lines(some.flat()));
	}
	closeSync(handle);
	let next = calls + 50;
	return {
		file,
		thread,
		append: () => appendFileSync(file, lines(stepOf(thread, next++, Date.now()))),
	};
}

function lines(values: readonly object[]): string {
	return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

function beginning(thread: string, at: number): object[] {
	const timestamp = new Date(at).toISOString();
	const turn = { turn_id: turnOf(0), root_turn_id: turnOf(0) };
	return [
		{
			timestamp,
			ordinal: 0,
			type: "session_meta",
			payload: {
				session_id: thread,
				id: thread,
				timestamp,
				cwd: "/home/dev/project",
				originator: "codex_exec",
				cli_version: "0.171.0",
				source: "exec",
				base_instructions: OUTPUT,
			},
		},
		{ timestamp, ordinal: 1, type: "event_msg", payload: { type: "task_started", ...turn } },
		{
			timestamp,
			ordinal: 2,
			type: "turn_context",
			payload: { ...turn, cwd: "/home/dev/project", model: "gpt-6.2-sol" },
		},
	];
}

function turnOf(index: number): string {
	return `01a219c8-557c-7093-a613-${String(index).padStart(12, "0")}`;
}

function stepOf(thread: string, index: number, at: number): object[] {
	const common = (offset: number) => ({
		timestamp: new Date(at + offset).toISOString(),
		ordinal: index * 6 + 3,
	});
	const turn = { turn_id: turnOf(0) };
	const tokens = {
		input_tokens: 1200,
		cached_input_tokens: 800,
		cache_write_input_tokens: 0,
		output_tokens: 57,
		reasoning_output_tokens: 21,
		total_tokens: 1257,
	};
	const total = { ...tokens, total_tokens: 1257 * (index + 1) };
	const passed = { internal_chat_message_metadata_passthrough: turn };
	const command = index % 3 === 0 ? `git commit -m 'step ${index}'` : `npm test -- part-${index}`;
	return [
		{
			...common(0),
			type: "response_item",
			payload: {
				type: "reasoning",
				id: `rs_${index}`,
				summary: [],
				encrypted_content: OUTPUT.slice(0, 1200),
			},
		},
		{
			...common(1),
			type: "response_item",
			payload: {
				type: "custom_tool_call",
				id: `ctc_${index}`,
				status: "completed",
				call_id: `call_${index}`,
				name: "exec",
				input: `const r = await tools.exec_command({cmd: ${JSON.stringify(command)}});\ntext(r);`,
				...passed,
			},
		},
		{
			...common(2),
			type: "token_usage_record",
			payload: {
				thread_id: thread,
				...turn,
				session_id: thread,
				response_id: `resp_${index}`,
				usage: tokens,
				turn_token_usage: total,
				thread_token_usage: total,
			},
		},
		{
			...common(1400),
			type: "event_msg",
			payload: {
				type: "item_completed",
				thread_id: thread,
				...turn,
				item: {
					type: "CommandExecution",
					id: `exec-${index}`,
					process_id: "44685",
					command: ["/bin/bash", "-lc", command],
					cwd: "file:///home/dev/project",
					status: "completed",
					aggregated_output: OUTPUT,
					exit_code: 0,
					duration: { secs: 1, nanos: 9287 },
				},
				started_at_ms: at,
				completed_at_ms: at + 1400,
			},
		},
		{
			...common(1410),
			type: "response_item",
			payload: {
				type: "custom_tool_call_output",
				id: `ctco_${index}`,
				call_id: `call_${index}`,
				output: [
					{ type: "input_text", text: "Script completed\nWall time 1.4 seconds\nOutput:\n" },
					{ type: "input_text", text: JSON.stringify({ exit_code: 0, output: OUTPUT }) },
				],
				...passed,
			},
		},
		{
			...common(1411),
			type: "event_msg",
			payload: {
				type: "token_count",
				info: { total_token_usage: total, last_token_usage: tokens, model_context_window: 475_000 },
			},
		},
	];
}

/** A database of opencode with a year of sessions, the last one running. */
export interface OpencodeDatabase {
	readonly file: string;
	/** That runs. */
	readonly session: string;
	/** Adds a call to it, in a transaction of its own as its client does. */
	append(): void;
	close(): void;
}

/** @param bytes about how large it is to be */
export function writeOpencode(folder: string, bytes: number, now: number): OpencodeDatabase {
	mkdirSync(folder, { recursive: true });
	const file = path.join(folder, "opencode.db");
	cpSync(
		inProject(
			"test",
			"fixtures",
			"clients",
			"opencode",
			"shell-and-subagent",
			"projects",
			"opencode.db",
		),
		file,
	);
	const database = new DatabaseSync(file);
	database.exec(
		"PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; DELETE FROM event; DELETE FROM session; DELETE FROM part; DELETE FROM message",
	);
	const writer = new OpencodeWriter(database);
	const perSession = 100;
	const sessions = Math.ceil(bytes / (perSession * OUTPUT.length * 2.15));
	database.exec("BEGIN");
	for (let index = 0; index < sessions; index++) {
		const beganAt = now - ((sessions - 1 - index) / sessions) * 365 * DAY_MS - perSession * 1000;
		writer.begin(`ses_${index}`, beganAt);
		for (let call = 0; call < perSession; call++)
			writer.call(`ses_${index}`, beganAt + call * 1000);
	}
	database.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
	const session = `ses_${sessions - 1}`;
	return {
		file,
		session,
		append: () => {
			database.exec("BEGIN IMMEDIATE");
			writer.call(session, Date.now());
			database.exec("COMMIT");
		},
		close: () => database.close(),
	};
}

class OpencodeWriter {
	readonly #session;
	readonly #event;
	readonly #touch;
	readonly #part;
	#count = 0;

	constructor(database: DatabaseSync) {
		this.#session = database.prepare(
			"INSERT INTO session (id, project_id, slug, directory, title, version, time_created, time_updated) VALUES (?, 'p', 's', '/home/dev/project', 't', '1.18.33', ?, ?)",
		);
		this.#event = database.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?)");
		this.#touch = database.prepare("UPDATE session SET time_updated = ? WHERE id = ?");
		this.#part = database.prepare("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)");
	}

	begin(session: string, at: number): void {
		this.#session.run(session, at, at);
		this.#tell(session, "session.created.1", {
			sessionID: session,
			info: { id: session, directory: "/home/dev/project", time: { created: at, updated: at } },
		});
		this.#tell(session, "message.updated.1", {
			sessionID: session,
			info: { id: `msg_u${session}`, role: "user", time: { created: at } },
		});
	}

	call(session: string, at: number): void {
		const id = this.#count;
		const part = (status: string, more: object) => ({
			sessionID: session,
			part: {
				id: `prt_${id}`,
				messageID: `msg_${id}`,
				type: "tool",
				tool: "bash",
				callID: `call_${id}`,
				state: { status, input: { command: "npm test" }, ...more },
			},
			time: at,
		});
		this.#tell(session, "message.part.updated.1", part("running", { time: { start: at } }));
		const done = part("completed", {
			output: OUTPUT,
			metadata: { exit: 0 },
			title: "t",
			time: { start: at, end: at + 700 },
		});
		this.#tell(session, "message.part.updated.1", done);
		this.#part.run(`prt_${id}`, `msg_${id}`, session, at, at, JSON.stringify(done.part));
		this.#tell(session, "message.updated.1", {
			sessionID: session,
			info: {
				id: `msg_${id}`,
				role: "assistant",
				time: { created: at, completed: at + 800 },
				cost: 0.001,
				tokens: { input: 400, output: 36, reasoning: 21, cache: { read: 800, write: 0 } },
				modelID: "scripted-1",
				finish: "tool-calls",
			},
		});
		this.#touch.run(at, session);
	}

	#tell(session: string, type: string, data: object): void {
		const seq = this.#count++;
		this.#event.run(
			`evt_${String(seq).padStart(12, "0")}`,
			session,
			seq,
			type,
			JSON.stringify(data),
		);
	}
}
