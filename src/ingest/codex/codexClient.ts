import type { PriceOf } from "../../model/usage/price.ts";
import { Fields } from "../fields/fields.ts";
import { objectIn } from "../kit/jsonLines.ts";
import { asObject, type Raw } from "../kit/raw.ts";
import { versionsIn } from "../kit/versionsIn.ts";
import type { TranscriptClient, TranscriptFile } from "../transcripts/port.ts";
import { codexEntries } from "./codexEntries.ts";
import { codexIdentity } from "./codexIdentity.ts";
import { CodexReader } from "./codexReader.ts";
import { spawnOf } from "./threads.ts";

/** `YYYY/MM/DD/rollout-<local time>-<thread>.jsonl`; archived ones lie flat. */
const ROLLOUT =
	/^(?:\d{4}\/\d{2}\/\d{2}\/)?rollout-[\dT-]+-(?<thread>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.jsonl$/;

/**
 * Codex's rollouts, one a thread: whose agent a thread is, and of which session, its first line says.
 *
 * @param priceOf what a request cost
 */
export function codex(priceOf: PriceOf): TranscriptClient {
	return {
		...codexIdentity,
		classify: (relativePath) => (ROLLOUT.test(relativePath) ? "first_line" : null),
		identify,
		newReader: (file, pass = "events") => new CodexReader(file, priceOf, pass),
		entries: codexEntries,
		versions: (path) => versionsIn(path, /"cli_version":"(\d[\w.-]{0,40})"/),
	};
}

function identify(relativePath: string, firstLine: string): TranscriptFile | null {
	const thread = ROLLOUT.exec(relativePath)?.groups?.thread;
	if (thread === undefined) return null;
	const line = objectIn(firstLine);
	const meta = asObject(line?.payload) ?? line ?? {};
	return { ...ownerOf(thread, meta), companions: [] };
}

/** What an agent's first line does not say of its session, its parent stands for. */
function ownerOf(thread: string, meta: Raw): Pick<TranscriptFile, "session" | "agent"> {
	const { parent } = spawnOf(meta);
	if (parent === "") return { session: thread, agent: "" };
	return { session: new Fields(meta).id("session_id") || parent, agent: thread };
}
