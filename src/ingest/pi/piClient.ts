import type { PriceOf } from "../../model/usage/price.ts";
import type { TranscriptClient } from "../transcripts/port.ts";
import { piEntries } from "./piEntries.ts";
import { piIdentity } from "./piIdentity.ts";
import { PiReader } from "./piReader.ts";

/** `--<folder>--/<time>_<session>.jsonl` */
const SESSION = /^--[^/]*--\/[^/_]+_(?<session>[A-Za-z0-9-]{1,128})\.jsonl$/;

/** Sessions of pi, which has no agents of its own. @param priceOf what a request cost */
export function pi(priceOf: PriceOf): TranscriptClient {
	return {
		...piIdentity,
		classify(relativePath) {
			const session = SESSION.exec(relativePath)?.groups?.session;
			return session === undefined ? null : { session, agent: "", companions: [] };
		},
		newReader: (file, pass = "events") => new PiReader(file, priceOf, pass),
		entries: piEntries,
	};
}
