import type { SqlValue } from "sql.js";
import type { Evidence, Proposal } from "../../sequences/learned.ts";
import type { Cycle } from "../../sequences/merge/relation.ts";
import type { ProposalDraft } from "../../sequences/proposals/drafts.ts";
import {
	PROPOSAL_KINDS,
	type ProposalKind,
	type ProposalStatus,
} from "../../sequences/proposals/kinds.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { TelemetryError } from "../telemetryError.ts";
import { followUps } from "./followUps.ts";
import { hashOf } from "./sequenceTable.ts";
import { type WrittenRows, writeWanted } from "./upsert.ts";

/** A proposal as it shall stand in the table. */
export interface Reasoned {
	readonly draft: ProposalDraft;
	readonly evidence: Evidence;
}

/**
 * Open proposals become those that there is reason for now. What the user has decided on stays as
 * it was decided, with the evidence of then. Must run inside a transaction.
 *
 * @param now ms since the epoch
 */
export function writeProposals(
	store: TelemetryStore,
	proposals: Iterable<Reasoned>,
	now: number,
): WrittenRows {
	return writeWanted(store, {
		table: "proposals",
		columns: ["proposal_hash", "kind", "target", "evidence", "created_at"],
		updated: ["evidence"],
		where: "status = 'open'",
		rows: rowsOf(proposals, now),
	});
}

function* rowsOf(proposals: Iterable<Reasoned>, now: number): Generator<SqlValue[]> {
	for (const { draft, evidence } of proposals) {
		const hash = hashOf([draft.kind, ...draft.key]);
		yield [hash, draft.kind, draft.target, JSON.stringify(evidence), now];
	}
}

/** The steps of pipelines that were accepted or dismissed, which stand for all that is related to them. */
export function decidedPipelines(store: TelemetryStore): Cycle<string>[] {
	return store
		.all<{ evidence: string }>(
			"SELECT evidence FROM proposals WHERE kind = 'new_pipeline' AND status <> 'open'",
		)
		.map(({ evidence }) => {
			const { functionIds, figures } = JSON.parse(evidence) as Evidence;
			return { functions: functionIds, isLoop: figures.isLoop === 1 };
		});
}

/**
 * Open ones first, then by kind, then those that would save most.
 *
 * @param now ms since the epoch
 */
export function readProposals(store: TelemetryStore, now: number): Proposal[] {
	const rows = store.all<
		Omit<Proposal, "evidence" | "savesPerWeekMs" | "followUp"> & { evidence: string }
	>(
		`SELECT proposal_hash AS hash, kind, target, evidence, status, created_at AS createdAt,
			decided_at AS decidedAt FROM proposals`,
	);
	const place = (kind: ProposalKind): number => PROPOSAL_KINDS.indexOf(kind);
	const read = rows.map((row) => ({ ...row, evidence: JSON.parse(row.evidence) as Evidence }));
	const followed = followUps(store, read, now);
	return read
		.map((row) => ({
			...row,
			savesPerWeekMs: Number(row.evidence.figures.savesPerWeekMs ?? 0),
			followUp: followed.get(row.hash) ?? null,
		}))
		.sort(
			(a, b) =>
				Number(a.status !== "open") - Number(b.status !== "open") ||
				place(a.kind) - place(b.kind) ||
				b.savesPerWeekMs - a.savesPerWeekMs ||
				b.createdAt - a.createdAt ||
				(a.hash < b.hash ? -1 : 1),
		);
}

/**
 * @param now ms since the epoch
 * @returns whether it was not decided this way before
 * @throws TelemetryError `failed` when there is no such proposal
 */
export function decideProposal(
	store: TelemetryStore,
	hash: string,
	status: ProposalStatus,
	now: number,
): boolean {
	if (store.first("SELECT 1 FROM proposals WHERE proposal_hash = ?", [hash]) === null) {
		throw new TelemetryError("failed", "There is no such proposal any more.");
	}
	const decidedAt = status === "open" ? null : now;
	return store.statements.run(DECIDE, [status, decidedAt, hash, status]) > 0;
}

/** Decisions are the user's, and no log holds them: they outlive a rebuild. */
export function keepDecisions(from: TelemetryStore, to: TelemetryStore): void {
	const columns = "proposal_hash, kind, target, evidence, status, created_at, decided_at";
	const rows = from.statements.rows(`SELECT ${columns} FROM proposals WHERE status <> 'open'`);
	const put = `INSERT OR REPLACE INTO proposals (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`;
	to.transaction(() => {
		for (const row of rows) to.statements.run(put, row);
	});
}

const DECIDE =
	"UPDATE proposals SET status = ?, decided_at = ? WHERE proposal_hash = ? AND status <> ?";
