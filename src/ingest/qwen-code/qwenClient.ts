import type { PriceOf } from "../../model/usage/price.ts";
import { versionsIn } from "../kit/versionsIn.ts";
import type { TranscriptClient, TranscriptFile } from "../transcripts/port.ts";
import { qwenEntries } from "./qwenEntries.ts";
import { qwenIdentity } from "./qwenIdentity.ts";
import { QwenReader } from "./qwenReader.ts";

const ID = "[A-Za-z0-9_.-]{1,128}";
/** `<slug>/chats/<session>.jsonl` */
const CHAT = /^[^/]+\/chats\/(?<session>[0-9a-f-]{36})\.jsonl$/;
/** `<slug>/subagents/<session>/agent-<agent>.jsonl` */
const AGENT = new RegExp(
	`^(?<base>[^/]+/subagents/(?<session>${ID})/agent-(?<agent>${ID}))\\.jsonl$`,
);

/** @param priceOf what a request cost */
export function qwenCode(priceOf: PriceOf): TranscriptClient {
	return {
		...qwenIdentity,
		classify,
		newReader: (file, pass = "events") => new QwenReader(file, priceOf, pass),
		entries: qwenEntries,
		versions: (path) => versionsIn(path, /"version":"(\d[\w.-]{0,40})"/),
	};
}

function classify(relativePath: string): TranscriptFile | null {
	const session = CHAT.exec(relativePath)?.groups?.session;
	if (session !== undefined) return { session, agent: "", companions: [] };
	const sub = AGENT.exec(relativePath)?.groups;
	if (sub === undefined) return null;
	const { base = "", session: of = "", agent = "" } = sub;
	return { session: of, agent, companions: [`${base}.meta.json`] };
}
