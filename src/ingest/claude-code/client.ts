import type { PriceOf } from "../../model/usage/price.ts";
import { Fields } from "../fields/fields.ts";
import { versionsIn } from "../kit/versionsIn.ts";
import type { TranscriptClient, TranscriptFile } from "../transcripts/port.ts";
import { agentIdOf } from "./agentId.ts";
import { entriesOf, mayBePrompt } from "./entries.ts";
import { claudeCodeIdentity } from "./files/claudeCodeIdentity.ts";
import { Forks } from "./files/forks.ts";
import { isWarmup } from "./lines.ts";
import { rawRecords } from "./rawRecords.ts";
import { ClaudeCodeReader } from "./reader.ts";

/** An id as the client makes them; a name with anything else in it is no transcript's. */
const ID = "[A-Za-z0-9_-]{1,128}";
/** `<slug>/<session>.jsonl`; the slug cannot be turned back into a folder. */
const MAIN = new RegExp(`^[^/]+/(?<session>${ID})\\.jsonl$`);
/** `<slug>/<session>/subagents/agent-<agent>.jsonl`; nested agents lie flat in the same folder. */
const AGENT = new RegExp(
	`^(?<base>[^/]+/(?<session>${ID})/subagents/(?:[^/]+/)*agent-(?<agent>${ID}))\\.jsonl$`,
);
/**
 * Where clients 2.0.28 to 2.1.15 put an agent: beside its session, which only its lines name, as they do
 * what the client asked for itself.
 */
const AGENT_BESIDE = new RegExp(`^[^/]+/agent-(?<agent>${ID})\\.jsonl$`);
/** Requests of the client's own, which are nobody's agents: to compact, to suggest, to ask aside. */
const ASIDE = /^a(?:compact|prompt_suggestion|side_question)-/;

/**
 * Claude Code's transcripts, below `projects` in its configuration folder.
 *
 * @param priceOf what a request cost
 */
export function claudeCode(priceOf: PriceOf) {
	const forks = new Forks();
	return {
		...claudeCodeIdentity,
		classify,
		identify,
		newReader: (file, pass = "events") => new ClaudeCodeReader(file, priceOf, pass),
		copiedInto: async ({ agent, isAside }, absolutePath) =>
			agent !== "" || isAside === true ? null : forks.copiedInto(absolutePath),
		entries: entriesOf,
		versions: (path) => versionsIn(path, /"version":"(\d[\w.-]{0,40})"/),
		mayBePrompt,
	} satisfies TranscriptClient;
}

function classify(relativePath: string): TranscriptFile | "first_line" | null {
	if (AGENT_BESIDE.test(relativePath)) return "first_line";
	const file = fileOf(relativePath);
	return file === null ? null : { ...file, slug: slugOf(relativePath) };
}

function identify(relativePath: string, firstLine: string): TranscriptFile | null {
	const agent = AGENT_BESIDE.exec(relativePath)?.groups?.agent;
	if (agent === undefined) return null;
	const [line = {}] = rawRecords(firstLine).lines;
	const file = agentFile(new Fields(line).id("sessionId"), agent, []);
	const slug = slugOf(relativePath);
	return isWarmup(line) ? { ...file, agent: "", isAside: true, slug } : { ...file, slug };
}

function slugOf(relativePath: string): string {
	return relativePath.slice(0, relativePath.indexOf("/"));
}

function fileOf(relativePath: string): TranscriptFile | null {
	const main = MAIN.exec(relativePath)?.groups;
	if (main !== undefined) return { session: main.session ?? "", agent: "", companions: [] };
	const sub = AGENT.exec(relativePath)?.groups;
	if (sub === undefined) return null;
	const { base = "", session = "", agent = "" } = sub;
	return agentFile(session, agent, [`${base}.meta.json`]);
}

function agentFile(session: string, agent: string, companions: readonly string[]): TranscriptFile {
	if (ASIDE.test(agent)) return { session, agent: "", companions: [], isAside: true };
	return { session, agent: agentIdOf(agent), companions };
}
