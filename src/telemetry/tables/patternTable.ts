import type { ScriptFact } from "../../facts/callFacts.ts";
import { bandsOf, SAME_PATTERN, similarity } from "../../facts/scripts/minHash.ts";
import type { Statements } from "./statements.ts";

/** Times that a pattern may occur before a heredoc of it is held against whoever writes it. */
const FREE_USES = 3;
const UNKNOWN = -1;

/** The call that facts are about. */
export interface FactCall {
	readonly id: string;
	/** ms since the epoch */
	readonly ts: number;
	readonly session: string;
	readonly agent: string | null;
	readonly functionId: string;
}

interface Pattern {
	hash: string;
	kind: string;
	firstTs: number;
	lastTs: number;
	occurrences: number;
	sessions: ReadonlySet<string>;
}

interface Use extends FactCall {
	readonly ordinal: number;
	readonly kind: string;
}

/**
 * Scripts that were written again and again. Two scripts belong to one pattern when a chain of
 * scripts leads from one to the other, each similar to the next: so the same scripts make the same
 * patterns in whatever order they are read. A pattern is named by its first script.
 */
export class PatternTable {
	readonly #statements: Statements;

	constructor(statements: Statements) {
		this.#statements = statements;
	}

	/**
	 * Counts a script of a call, unless it is counted already.
	 *
	 * @param ordinal its place among the call's scripts
	 * @returns the calls that are now known to have written a heredoc once too often
	 */
	use(source: FactCall, ordinal: number, script: ScriptFact): FactCall[] {
		const { id, ts, session, agent, functionId } = source;
		const use = [id, ordinal, UNKNOWN, script.kind, ts, session, agent, functionId];
		if (this.#statements.run(SQL.addUse, use) === 0) {
			this.#seenIn(session, id, ordinal);
			return [];
		}
		const [cluster, joined] = this.#clusterOf(script, ts);
		this.#statements.run(SQL.placeUse, [cluster, id, ordinal]);
		const one = { kind: script.kind, firstTs: ts, lastTs: ts, occurrences: 1 };
		const parts: Pattern[] = [{ ...one, hash: "", sessions: new Set([session]) }];
		for (const each of joined) parts.push(...this.#takePattern(each));
		for (const other of joined) if (other !== cluster) this.#join(other, cluster);
		this.#putPattern(cluster, parts.reduce(merge));
		return this.#heldAgainst(cluster);
	}

	/** @returns the cluster of a script, and every cluster that is one with it now */
	#clusterOf({ bodyHash, signature }: ScriptFact, ts: number): [number, number[]] {
		const [known] = this.#statements.rows(SQL.body, [bodyHash]);
		if (known !== undefined) {
			const [body, cluster, firstTs] = known.map(Number) as [number, number, number];
			if (ts < firstTs) this.#statements.run(SQL.earlier, [ts, body]);
			return [cluster, [cluster]];
		}
		const joined = this.#similarClusters(signature);
		const bytes = new Uint8Array(signature.buffer, signature.byteOffset, signature.byteLength);
		this.#statements.run(SQL.addBody, [bodyHash, bytes.slice(), UNKNOWN, ts]);
		const body = Number(this.#statements.first("SELECT last_insert_rowid()", [])[0]);
		const cluster = joined[0] ?? body;
		this.#statements.run(SQL.placeBody, [cluster, body]);
		for (const band of bandsOf(signature)) this.#statements.run(SQL.addBand, [band, body]);
		return [cluster, joined];
	}

	#similarClusters(signature: Uint32Array): number[] {
		const found = new Set<number>();
		const seen = new Set<number>();
		for (const band of bandsOf(signature)) {
			for (const [body, cluster, bytes] of this.#statements.rows(SQL.candidates, [band])) {
				if (seen.has(Number(body))) continue;
				seen.add(Number(body));
				if (found.has(Number(cluster))) continue;
				const other = new Uint32Array((bytes as Uint8Array).slice().buffer);
				if (similarity(signature, other) >= SAME_PATTERN) found.add(Number(cluster));
			}
		}
		return [...found].sort((a, b) => a - b);
	}

	#join(cluster: number, into: number): void {
		this.#statements.run(SQL.joinBodies, [into, cluster]);
		this.#statements.run(SQL.joinUses, [into, cluster]);
	}

	/** A call that comes again from a session that goes on from another. */
	#seenIn(session: string, id: string, ordinal: number): void {
		for (const [cluster] of this.#statements.rows(SQL.clusterOfUse, [id, ordinal])) {
			const [pattern] = this.#takePattern(Number(cluster));
			if (pattern === undefined) continue;
			const sessions = new Set([...pattern.sessions, session]);
			this.#putPattern(Number(cluster), { ...pattern, sessions });
		}
		this.#statements.run(SQL.moveUse, [session, id, ordinal, session]);
	}

	/** Takes the row of a cluster out of the table, to be put back with what is new. */
	#takePattern(cluster: number): Pattern[] {
		const rows = this.#statements.rows(SQL.pattern, [cluster]);
		return rows.map(([hash, kind, firstTs, lastTs, occurrences, sessions]) => {
			this.#statements.run(SQL.dropPattern, [String(hash)]);
			this.#statements.run(SQL.dropCluster, [cluster]);
			return {
				hash: String(hash),
				kind: String(kind),
				occurrences: Number(occurrences),
				firstTs: Number(firstTs),
				lastTs: Number(lastTs),
				sessions: new Set(JSON.parse(String(sessions)) as string[]),
			};
		});
	}

	#putPattern(cluster: number, pattern: Pattern): void {
		const hash = String(this.#statements.first(SQL.firstBody, [cluster])[0]);
		const { kind, firstTs, lastTs, occurrences, sessions } = pattern;
		const list = JSON.stringify([...sessions].sort());
		this.#statements.run(SQL.addPattern, [hash, kind, firstTs, lastTs, occurrences, list]);
		this.#statements.run(SQL.addCluster, [cluster, hash]);
	}

	/** Leaves the first three uses of a cluster free; the others were one too many. */
	#heldAgainst(cluster: number): FactCall[] {
		const early = this.#statements.rows(SQL.early, [cluster]).map(toUse).sort(inTime);
		const late = early.slice(FREE_USES);
		for (const { id, ordinal } of late) this.#statements.run(SQL.late, [id, ordinal]);
		return late.filter(({ kind }) => kind === "heredoc");
	}
}

/** The kind of a pattern is that of its first use. */
function merge(a: Pattern, b: Pattern): Pattern {
	const isTie = a.firstTs === b.firstTs;
	const first = isTie ? (a.kind < b.kind ? a : b) : a.firstTs < b.firstTs ? a : b;
	return {
		hash: "",
		kind: first.kind,
		firstTs: first.firstTs,
		lastTs: Math.max(a.lastTs, b.lastTs),
		occurrences: a.occurrences + b.occurrences,
		sessions: new Set([...a.sessions, ...b.sessions]),
	};
}

function toUse([id, ordinal, kind, ts, session, agent, functionId]: readonly unknown[]): Use {
	return {
		id: String(id),
		ordinal: Number(ordinal),
		kind: String(kind),
		ts: Number(ts),
		session: String(session),
		agent: agent as string | null,
		functionId: String(functionId),
	};
}

function inTime(a: Use, b: Use): number {
	return a.ts - b.ts || (a.id === b.id ? a.ordinal - b.ordinal : a.id < b.id ? -1 : 1);
}

const SQL = {
	addUse: `INSERT OR IGNORE INTO script_uses (tool_use_id, ordinal, cluster_id, kind, ts, session_id,
		agent_id, function_id, is_early) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)`,
	placeUse: "UPDATE script_uses SET cluster_id = ? WHERE tool_use_id = ? AND ordinal = ?",
	moveUse: `UPDATE script_uses SET session_id = ?
		WHERE tool_use_id = ? AND ordinal = ? AND session_id < ?`,
	clusterOfUse: "SELECT cluster_id FROM script_uses WHERE tool_use_id = ? AND ordinal = ?",
	body: "SELECT body_id, cluster_id, first_ts FROM script_bodies WHERE body_hash = ?",
	earlier: "UPDATE script_bodies SET first_ts = ? WHERE body_id = ?",
	addBody: `INSERT INTO script_bodies (body_hash, signature, cluster_id, first_ts)
		VALUES (?, ?, ?, ?)`,
	placeBody: "UPDATE script_bodies SET cluster_id = ? WHERE body_id = ?",
	addBand: "INSERT OR IGNORE INTO script_bands (band, body_id) VALUES (?, ?)",
	candidates: `SELECT body_id, cluster_id, signature FROM script_bands JOIN script_bodies
		USING (body_id) WHERE band = ?`,
	joinBodies: "UPDATE script_bodies SET cluster_id = ? WHERE cluster_id = ?",
	joinUses: "UPDATE script_uses SET cluster_id = ? WHERE cluster_id = ?",
	firstBody: `SELECT body_hash FROM script_bodies WHERE cluster_id = ?
		ORDER BY first_ts, body_hash LIMIT 1`,
	pattern: `SELECT p.pattern_hash, kind, first_ts, last_ts, occurrences, session_ids
		FROM script_clusters AS c JOIN patterns AS p USING (pattern_hash) WHERE c.cluster_id = ?`,
	dropPattern: "DELETE FROM patterns WHERE pattern_hash = ?",
	dropCluster: "DELETE FROM script_clusters WHERE cluster_id = ?",
	addPattern: `INSERT INTO patterns
		(pattern_hash, kind, first_ts, last_ts, occurrences, session_ids) VALUES (?, ?, ?, ?, ?, ?)`,
	addCluster: "INSERT INTO script_clusters (cluster_id, pattern_hash) VALUES (?, ?)",
	early: `SELECT tool_use_id, ordinal, kind, ts, session_id, agent_id, function_id FROM script_uses
		WHERE cluster_id = ? AND is_early = 1`,
	late: "UPDATE script_uses SET is_early = 0 WHERE tool_use_id = ? AND ordinal = ?",
} as const;
