import type { PriceOf } from "../../model/usage/price.ts";
import { versionsIn } from "../kit/versionsIn.ts";
import type { TranscriptClient } from "../transcripts/port.ts";
import { copilotEntries } from "./copilotEntries.ts";
import { copilotIdentity } from "./copilotIdentity.ts";
import { CopilotReader } from "./copilotReader.ts";

/** `<session>/events.jsonl`: agents stand in the file of their session. */
const EVENTS = /^(?<session>[A-Za-z0-9_-]{1,128})\/events\.jsonl$/;

/** @param priceOf what a request cost: Copilot counts premium requests, not dollars */
export function copilotCli(priceOf: PriceOf): TranscriptClient {
	return {
		...copilotIdentity,
		classify(relativePath) {
			const session = EVENTS.exec(relativePath)?.groups?.session;
			return session === undefined ? null : { session, agent: "", companions: [] };
		},
		newReader: (file, pass = "events") => new CopilotReader(file, priceOf, pass),
		entries: copilotEntries,
		versions: (path) => versionsIn(path, /"copilotVersion":"(\d[\w.-]{0,40})"/),
	};
}
