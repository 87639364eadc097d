import { setImmediate as nextTurn } from "node:timers/promises";
import { detectSequences, type Found } from "../../sequences/detector.ts";
import type { Detection } from "../../sequences/learned.ts";
import type { MergedFound } from "../../sequences/merge/mergeWords.ts";
import {
	draftProposals,
	isDecided,
	MAX_EVIDENCE,
	type PipelineFigures,
} from "../../sequences/proposals/drafts.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "../../sequences/proposals/thresholds.ts";
import { release } from "../../sequences/release.ts";
import type { TelemetryStore } from "../storage/store.ts";
import type { Task } from "../task.ts";
import { EvidenceRows } from "./evidence.ts";
import { learnedFacts, recordedSpan } from "./learnedFacts.ts";
import { decidedPipelines, type Reasoned, writeProposals } from "./proposalTable.ts";
import { readCalls, throwIfCancelled } from "./readCalls.ts";
import { namesOf, writeSequences } from "./sequenceTable.ts";

/** Share of the whole that reading takes; the rest cannot be told in parts. */
const READING = 0.6;

interface DetectionTask extends Task {
	readonly store: TelemetryStore;
	/** Whether to renew the proposals too. */
	readonly proposes: boolean;
	/** The usual ones where there are none. */
	readonly thresholds?: Thresholds | undefined;
	/** ms since the epoch */
	readonly now: number;
	/** Asked right before anything is written; throws when nothing may be. */
	readonly checkWriter: () => void;
}

/**
 * Searches all calls for sequences and writes what it finds in one transaction. Run again on the
 * same calls it changes no row.
 *
 * @throws TelemetryError `cancelled`, and what `checkWriter` throws
 */
export async function detect(task: DetectionTask): Promise<Detection> {
	const { store, proposes, now, onProgress, signal, checkWriter } = task;
	const searched = await search(task);
	// Whoever wants to cancel gets the turn for it.
	await nextTurn();
	throwIfCancelled(signal);
	checkWriter();
	const { calls, found, functionIds } = searched;
	let [changedRows, newProposals] = [0, 0];
	store.transaction(() => {
		changedRows += writeSequences(store, found, functionIds);
		if (!proposes) return;
		const written = writeProposals(store, reasoned(task, searched), now);
		newProposals = written.added;
		changedRows += written.changed;
	});
	onProgress(1);
	return { calls, sequences: found.merged.length, changedRows, newProposals };
}

interface Searched {
	readonly calls: number;
	readonly functionIds: readonly string[];
	readonly found: Found;
	/** The same of calls that could be one with others; none where nothing is proposed. */
	readonly joined: readonly MergedFound[];
	/** Rows of the calls that samples name; not to be used where there are no samples. */
	readonly rows: Float64Array;
}

/** Keeps nothing of the calls that is not needed to write: the database may grow by a copy then. */
async function search({ store, proposes, onProgress, signal }: DetectionTask): Promise<Searched> {
	const { log, rows } = await readCalls(store, (share) => onProgress(share * READING), signal);
	const { columns, functionIds } = log;
	const found = detectSequences(columns, functionIds.length, { hasSamples: false });
	const joined = proposes
		? detectSequences(columns, functionIds.length, { onlyJoined: true }).merged
		: [];
	const { length } = columns;
	release([...Object.values(columns), ...(proposes ? [] : [rows])]);
	return { calls: length, functionIds, found, joined, rows };
}

/** One after the other: the evidence of all of them together may be large. */
function* reasoned(
	{ store, now, thresholds = DEFAULT_THRESHOLDS }: DetectionTask,
	{ joined, functionIds: names, rows }: Searched,
): Generator<Reasoned> {
	const evidence = new EvidenceRows(store, now);
	const spanMs = recordedSpan(store);
	const decided = decidedPipelines(store);
	for (const one of joined) {
		const functionIds = namesOf(one, names);
		const pipeline = figuresOf(one, functionIds);
		if (isDecided(pipeline, decided)) continue;
		const [draft] = draftProposals({ ...NOTHING, spanMs, pipelines: [pipeline] }, thresholds, now);
		if (draft === undefined) continue;
		const calls = evidence.callsOf(evidenceRows(one, rows));
		yield { draft, evidence: { figures: draft.figures, functionIds, calls, failedTests: [] } };
	}
	const facts = { ...NOTHING, spanMs, ...learnedFacts(store, thresholds, now) };
	for (const draft of draftProposals(facts, thresholds, now)) {
		yield { draft, evidence: evidence.of(draft) };
	}
}

const NOTHING = { pipelines: [], patterns: [], functions: [], skills: [] };

function figuresOf(found: MergedFound, functionIds: string[]): PipelineFigures {
	const { functions: _, samples: __, ...figures } = found;
	return { functionIds, ...figures };
}

/** Whole occurrences as long as there is room; of one that is too long the beginning. */
function evidenceRows({ samples }: MergedFound, rows: Float64Array): number[] {
	const [newest = [], ...older] = samples();
	const kept = newest.slice(0, MAX_EVIDENCE);
	for (const calls of older) {
		if (kept.length + calls.length <= MAX_EVIDENCE) kept.push(...calls);
	}
	return kept.map((place) => rows[place] ?? 0);
}
