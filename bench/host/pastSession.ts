// The transcripts of one session with its agents, as the client writes them.

interface Shape {
	readonly session: string;
	readonly agents: number;
	/** Of all of them together. */
	readonly calls: number;
}

/** What tools give back on average. */
const OUTPUT = "some line of the output of a command, as tools give back\n".repeat(35);
const START = Date.parse("2026-11-01T08:00:00.000Z");
const STEP_MS = 200;

/** Names below the project's folder, the session's own first, and what is in them. */
export function pastSession({ session, agents, calls }: Shape): (readonly [string, string])[] {
	const share = Math.floor(calls / (agents + 1));
	const files = [fileOf({ session, agent: "", from: 0, calls: share, launches: agents })];
	for (let index = 0; index < agents; index++) {
		const agent = `a${String(index).padStart(16, "0")}`;
		files.push(fileOf({ session, agent, from: (index + 1) * share, calls: share, launches: 0 }));
		const meta = { agentType: "Explore", description: "part", toolUseId: launchOf(session, index) };
		files.push([`${session}/subagents/agent-${agent}.meta.json`, JSON.stringify(meta)]);
	}
	return files;
}

interface FileShape {
	readonly session: string;
	readonly agent: string;
	/** Number of its first call. */
	readonly from: number;
	readonly calls: number;
	readonly launches: number;
}

function fileOf({ session, agent, from, calls, launches }: FileShape): readonly [string, string] {
	const lines: string[] = [];
	let clock = START;
	const line = (type: string, message: object, more: object = {}) => {
		clock += STEP_MS;
		const head = {
			sessionId: session,
			version: "2.1.329",
			cwd: "/home/dev/app",
			timestamp: new Date(clock).toISOString(),
			...(agent === "" ? {} : { agentId: agent, isSidechain: true }),
		};
		lines.push(JSON.stringify({ type, ...head, message, ...more }));
	};
	line("user", { role: "user", content: "go" });
	for (let index = 0; index < launches; index++) {
		const id = launchOf(session, index);
		const input = { subagent_type: "Explore", description: `part ${index}`, prompt: "look" };
		called(line, id, { name: "Agent", input });
		const toolUseResult = {
			status: "async_launched",
			agentId: `a${String(index).padStart(16, "0")}`,
		};
		returned(line, id, "started", { toolUseResult });
	}
	for (let index = from; index < from + calls; index++) {
		const id = `toolu_${session.slice(-12)}_${index}`;
		called(line, id, { name: "Bash", input: { command: `npm test -- part-${index}` } });
		returned(line, id, OUTPUT, { toolUseResult: { stdout: "", stderr: "", interrupted: false } });
	}
	const text = [{ type: "text", text: "done" }];
	line("assistant", {
		id: `msg_end_${agent}`,
		model: "claude-sonnet-5",
		stop_reason: "end_turn",
		content: text,
	});
	const name = agent === "" ? `${session}.jsonl` : `${session}/subagents/agent-${agent}.jsonl`;
	return [name, `${lines.join("\n")}\n`];
}

function launchOf(session: string, index: number): string {
	return `toolu_${session.slice(-4)}_launch_${index}`;
}

type WriteLine = (type: string, message: object, more?: object) => void;

function called(line: WriteLine, id: string, call: { name: string; input: object }): void {
	const usage = { input_tokens: 12, output_tokens: 90, cache_read_input_tokens: 20_000 };
	const content = [{ type: "tool_use", id, ...call }];
	const about = { id: `msg_${id}`, model: "claude-sonnet-5", role: "assistant", usage };
	line("assistant", { ...about, stop_reason: "tool_use", content });
}

function returned(line: WriteLine, id: string, text: string, more: object): void {
	const result = { type: "tool_result", tool_use_id: id, content: text, is_error: false };
	line("user", { role: "user", content: [result] }, more);
}
