import type { PriceOf } from "../../model/usage/price.ts";
import type { TranscriptClient } from "../transcripts/port.ts";
import { EventRows } from "./eventRows.ts";
import { opencodeEntries } from "./opencodeEntries.ts";
import { opencodeIdentity } from "./opencodeIdentity.ts";
import { OpencodeReader } from "./opencodeReader.ts";
import { openDatabase } from "./readDatabase.ts";

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
		versions: versionsOf,
		holds,
	};
}

/** Each session says which version made it. */
async function versionsOf(path: string): Promise<string[]> {
	return asked(path, VERSIONS).map(({ version }) => String(version));
}

const VERSIONS =
	"SELECT version FROM session GROUP BY version ORDER BY max(time_updated) DESC LIMIT 3";

async function holds(path: string, session: string): Promise<boolean> {
	return asked(path, "SELECT 1 FROM session WHERE id = ?", session).length > 0;
}

/** Nothing where it cannot be asked. */
function asked(path: string, question: string, ...values: string[]) {
	try {
		const { database } = openDatabase(path);
		try {
			return database.prepare(question).all(...values);
		} finally {
			database.close();
		}
	} catch {
		return [];
	}
}
