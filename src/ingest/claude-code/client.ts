import * as path from "node:path";
import type { PriceOf } from "../../model/usage/price.ts";
import type { TranscriptClient, TranscriptFile } from "../transcripts/port.ts";
import { configFolderOf } from "./configFolder.ts";
import { ClaudeCodeReader } from "./reader.ts";
import { CLAUDE_CODE } from "./tools.ts";

/** An id as the client makes them; a name with anything else in it is no transcript's. */
const ID = "[A-Za-z0-9_-]{1,128}";
/** `<slug>/<session>.jsonl`; the slug cannot be turned back into a folder. */
const MAIN = new RegExp(`^[^/]+/(?<session>${ID})\\.jsonl$`);
/** `<slug>/<session>/subagents/agent-<agent>.jsonl`; nested agents lie flat in the same folder. */
const AGENT = new RegExp(
	`^(?<base>[^/]+/(?<session>${ID})/subagents/(?:[^/]+/)*agent-(?<agent>${ID}))\\.jsonl$`,
);
/** Made when the client compacts a conversation: nobody's agent. */
const COMPACTION = "acompact-";

/**
 * Claude Code's transcripts, below `projects` in its configuration folder.
 *
 * @param priceOf what a request cost
 */
export function claudeCode(priceOf: PriceOf) {
	return {
		name: CLAUDE_CODE,
		folders: (env, home) => [path.join(configFolderOf(env, home), "projects")],
		classify,
		newReader: (file) => new ClaudeCodeReader(file, priceOf),
	} satisfies TranscriptClient;
}

function classify(relativePath: string): TranscriptFile | null {
	const main = MAIN.exec(relativePath)?.groups;
	if (main !== undefined) return { session: main.session ?? "", agent: "", companions: [] };
	const sub = AGENT.exec(relativePath)?.groups;
	if (sub === undefined || sub.agent?.startsWith(COMPACTION)) return null;
	const { base = "", session = "", agent = "" } = sub;
	return { session, agent, companions: [`${base}.meta.json`] };
}
