import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { repository } from "../clientRun.ts";

/** An agent, or an orchestrator, as the database has it after all clients' files were read. */
export interface FoundAgent {
	/** Empty for an orchestrator. */
	readonly id: string;
	readonly session: string;
	/** Empty for one that an orchestrator launched; null for an orchestrator. */
	readonly parent: string | null;
	readonly description: string;
	readonly outcome: string | null;
	readonly startedAt: number;
	/** null where it is at work. */
	readonly endedAt: number | null;
	readonly calls: readonly FoundCall[];
	readonly requests: readonly FoundRequest[];
}

interface FoundCall {
	readonly function: string;
	readonly error: string | null;
	/** As in {@link ExpectedCall}; null for one that wrote nothing. */
	readonly lines: string | null;
	readonly ts: number;
	/** ms; null where none is known. */
	readonly duration: number | null;
}

interface FoundRequest {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
}

export interface Found {
	readonly agents: readonly FoundAgent[];
	/** Lines that were not understood, by kind. */
	readonly problems: readonly string[];
}

const SESSIONS =
	"SELECT '' AS id, session_id AS session, NULL AS parent, '' AS description, NULL AS outcome, started_at AS startedAt, ended_at AS endedAt FROM sessions WHERE client = ? ORDER BY started_at";
const AGENTS =
	"SELECT agent_id AS id, session_id AS session, ifnull(parent_agent_id, '') AS parent, ifnull(description, '') AS description, outcome, started_at AS startedAt, ended_at AS endedAt FROM agents WHERE session_id IN (SELECT session_id FROM sessions WHERE client = ?) ORDER BY started_at";
const CALLS =
	"SELECT c.function_id AS function, c.error_class AS error, c.ts, c.duration_ms AS duration, '+' || w.lines_added || ' -' || w.lines_removed AS lines FROM calls AS c LEFT JOIN code_writes AS w USING (tool_use_id) WHERE c.session_id = ? AND ifnull(c.agent_id, '') = ? ORDER BY c.ts";
const REQUESTS =
	"SELECT tokens_in AS input, tokens_out AS output, cache_read AS cacheRead FROM messages WHERE session_id = ? AND ifnull(agent_id, '') = ? ORDER BY ts";

/** Reads all clients' files of a home as a user does: by the program, into a database of its own. */
export function readHome(home: string, client: string): Found {
	const file = join(home, "found.db");
	if (existsSync(file)) rmSync(file);
	const env = { HOME: home, PATH: process.env.PATH };
	const program = join(repository, "dist", "cli.js");
	execFileSync(process.execPath, [program, "ingest", "--db", file], { env, stdio: "pipe" });
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		const own = [
			...database.prepare(SESSIONS).all(client),
			...database.prepare(AGENTS).all(client),
		];
		const agents = own.map((row): FoundAgent => {
			const { session, id } = row as { session: string; id: string };
			const calls = database.prepare(CALLS).all(session, id);
			const requests = database.prepare(REQUESTS).all(session, id);
			return { ...row, calls, requests } as unknown as FoundAgent;
		});
		const problems = database.prepare("SELECT kind, lines FROM line_problems").all();
		return { agents, problems: problems.map(({ kind, lines }) => `${lines} ${kind}`) };
	} finally {
		database.close();
	}
}
