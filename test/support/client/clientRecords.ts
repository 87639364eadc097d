import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** An agent as the client's own files on disk describe it. */
export interface AgentRecord {
	readonly id: string;
	readonly type: string;
	readonly description: string;
	/** tool_use_id of the call that launched it. */
	readonly launch: string;
	/** Agent that launched it; null for the orchestrator. */
	readonly parent: string | null;
	readonly calls: Calls;
	/** Words after `shipped:` and `stubs:` in its last message; null where it made no claim. */
	readonly outcome: string | null;
	readonly stubs: number | null;
}

/** tool_use_ids of every call but launches of agents, and of those that failed. Both sorted. */
export interface Calls {
	readonly all: readonly string[];
	readonly failed: readonly string[];
}

/** What a run's transcripts say. */
export interface ClientRecords {
	readonly session: string;
	/** Calls of the orchestrator itself. */
	readonly calls: Calls;
	/** Sorted by id. */
	readonly agents: readonly AgentRecord[];
}

/** Reads the transcripts of the only session in a configuration folder. */
export function readRecords(config: string): ClientRecords {
	const [file] = globSync("projects/*/*.jsonl", { cwd: config });
	if (file === undefined) throw new Error(`no transcript in ${config}`);
	const session = basename(file, ".jsonl");
	const folder = join(config, dirname(file), session, "subagents");
	const agents = globSync("agent-*.meta.json", { cwd: folder })
		.sort()
		.map((name) => readAgent(join(folder, name)));
	return { session, calls: callsOf(blocksOf(join(config, file))), agents };
}

function readAgent(metaFile: string): AgentRecord {
	const meta: Readonly<Record<string, string>> = JSON.parse(readFileSync(metaFile, "utf8"));
	const blocks = blocksOf(metaFile.replace(/\.meta\.json$/, ".jsonl"));
	const lastWords = blocks.findLast((block) => block.type === "text")?.text ?? "";
	const stubs = /^stubs: (\d+)$/m.exec(lastWords)?.[1];
	return {
		id: basename(metaFile, ".meta.json").replace(/^agent-/, ""),
		type: meta.agentType ?? "",
		description: meta.description ?? "",
		launch: meta.toolUseId ?? "",
		parent: meta.parentAgentId ?? null,
		calls: callsOf(blocks),
		outcome: /^shipped: (\w+)$/m.exec(lastWords)?.[1] ?? null,
		stubs: stubs === undefined ? null : Number(stubs),
	};
}

/** The part of a content block that is used here. */
interface Block {
	readonly type: string;
	readonly id?: string;
	readonly name?: string;
	readonly text?: string;
	readonly tool_use_id?: string;
	readonly is_error?: boolean;
}

function blocksOf(transcript: string): Block[] {
	return readFileSync(transcript, "utf8")
		.split("\n")
		.filter((line) => line !== "")
		.map((line) => JSON.parse(line))
		.filter(({ type }) => type === "user" || type === "assistant")
		.flatMap(({ message }) => (Array.isArray(message.content) ? message.content : []));
}

function callsOf(blocks: readonly Block[]): Calls {
	const uses = blocks.filter(({ type, name }) => type === "tool_use" && name !== "Agent");
	const all = new Set(uses.map(({ id = "" }) => id));
	const failures = blocks.filter(({ type, is_error }) => type === "tool_result" && is_error);
	const failed = failures.map(({ tool_use_id = "" }) => tool_use_id).filter((id) => all.has(id));
	return { all: [...all].sort(), failed: failed.sort() };
}
