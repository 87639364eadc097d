import type { PriceOf } from "../../model/usage/price.ts";
import { Fields } from "../fields/fields.ts";
import { objectIn } from "../kit/jsonLines.ts";
import type { TranscriptClient, TranscriptFile } from "../transcripts/port.ts";
import { geminiEntries } from "./geminiEntries.ts";
import { geminiIdentity } from "./geminiIdentity.ts";
import { GeminiReader } from "./geminiReader.ts";

/** `<project>/chats/session-<time>-<beginning of its id>.jsonl`; the first line has all of the id. */
const CHAT = /^(?<slug>[^/]+)\/chats\/session-[^/]+\.jsonl$/;
/** `<project>/chats/<session>/<agent>.jsonl` */
const AGENT =
	/^(?<slug>[^/]+)\/chats\/(?<session>[0-9a-f-]{36})\/(?<agent>[A-Za-z0-9_-]{1,128})\.jsonl$/;
/** Beside the folder of all projects: which folder each of them is. */
const PROJECTS = "../projects.json";

/** @param priceOf what a request cost */
export function geminiCli(priceOf: PriceOf): TranscriptClient {
	return {
		...geminiIdentity,
		classify(relativePath) {
			const sub = AGENT.exec(relativePath)?.groups;
			if (sub === undefined) return CHAT.test(relativePath) ? "first_line" : null;
			const { slug = "", session = "", agent = "" } = sub;
			return { session, agent, companions: [PROJECTS], slug };
		},
		identify,
		newReader: (file, pass = "events") => new GeminiReader(file, priceOf, pass),
		entries: geminiEntries,
	};
}

function identify(relativePath: string, firstLine: string): TranscriptFile | null {
	const slug = CHAT.exec(relativePath)?.groups?.slug;
	const session = new Fields(objectIn(firstLine) ?? {}).id("sessionId");
	if (slug === undefined || session === "") return null;
	return { session, agent: "", companions: [PROJECTS], slug };
}
