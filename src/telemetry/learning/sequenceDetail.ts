import type { SequenceDetail } from "../../sequences/learned.ts";
import { Occurrences } from "../../sequences/occurrences.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { EvidenceRows } from "./evidence.ts";
import { type ReadCalls, readCalls } from "./readCalls.ts";
import { readSequence } from "./sequenceTable.ts";

const MAX_OCCURRENCES = 20;
const MAX_AGENTS = 500;

/**
 * The calls behind sequences that were found before, as they are now; without those that the last
 * run did not find. Reads all calls once.
 *
 * @throws TelemetryError `cancelled`
 */
export async function sequenceDetails(
	store: TelemetryStore,
	hashes: readonly string[],
	signal: AbortSignal,
): Promise<SequenceDetail[]> {
	const sequences = hashes.flatMap((hash) => readSequence(store, hash) ?? []);
	if (sequences.length === 0) return [];
	const read = await readCalls(store, () => {}, signal);
	const occurrences = new Occurrences(read.log.columns);
	const codes = new Map(read.log.functionIds.map((id, code) => [id, code]));
	return sequences.map((sequence) => {
		const found = occurrences.of(sequence.functionIds.map((id) => codes.get(id) ?? -1));
		return { sequence, ...describe(store, read, found) };
	});
}

function describe(
	store: TelemetryStore,
	{ log, rows }: ReadCalls,
	found: readonly (readonly number[])[],
): Pick<SequenceDetail, "occurrences" | "agents"> {
	const evidence = new EvidenceRows(store, 0);
	const callsOf = (places: readonly number[]) =>
		evidence.callsOf(places.map((place) => rows[place] ?? 0));
	const latest = new Map<number, number>();
	for (const [place = 0] of found) {
		const agent = log.columns.agents[place] ?? 0;
		if (!latest.has(agent) && latest.size < MAX_AGENTS) latest.set(agent, place);
	}
	return {
		occurrences: found.slice(0, MAX_OCCURRENCES).map(callsOf),
		agents: callsOf([...latest.values()]).map(({ sessionId, agentId }) => ({ sessionId, agentId })),
	};
}
