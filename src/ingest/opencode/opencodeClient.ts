import type { PriceOf } from "../../model/usage/price.ts";
import type { TranscriptClient } from "../transcripts/port.ts";
import { EventRows } from "./eventRows.ts";
import { opencodeEntries } from "./opencodeEntries.ts";
import { opencodeIdentity } from "./opencodeIdentity.ts";
import { OpencodeReader } from "./opencodeReader.ts";

/** All sessions of all projects stand in one database; channels other than the usual have one of their own. */
const DATABASE = /^opencode(?:-[\w.-]+)?\.db$/;

/** @param priceOf what a request cost */
export function opencode(priceOf: PriceOf): TranscriptClient {
	return {
		...opencodeIdentity,
		classify: (relativePath) =>
			DATABASE.test(relativePath) ? { session: "", agent: "", companions: [] } : null,
		newReader: (file, pass = "events") => new OpencodeReader(file, priceOf, pass),
		openSource: (path, start, wanted) => new EventRows(path, start, wanted),
		entries: opencodeEntries,
	};
}
