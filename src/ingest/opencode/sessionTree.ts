import type { DatabaseSync, StatementSync } from "node:sqlite";

/** How far up it is looked for the session that launched an agent. */
const MAX_DEPTH = 64;

/** Whose events are those of a session as the database has it: an agent is a session with a parent. */
interface Place {
	readonly session: string;
	/** Empty for the orchestrator. */
	readonly agent: string;
	/** Agent that launched it; empty for the orchestrator. */
	readonly parent: string;
	readonly cwd: string;
	/** When the session of the rows began, ms since the epoch: what is older was copied into it. */
	readonly since: number;
}

/** Sessions by their ids; what is asked for is remembered. */
export class SessionTree {
	readonly #select: StatementSync;
	readonly #places = new Map<string, Place>();

	constructor(database: DatabaseSync) {
		this.#select = database.prepare(
			"SELECT parent_id, directory, time_created FROM session WHERE id = ?",
		);
	}

	placeOf(id: string): Place {
		const known = this.#places.get(id);
		if (known !== undefined) return known;
		const own = this.#select.get(id);
		const cwd = typeof own?.directory === "string" ? own.directory : "";
		const parent = parentIn(own);
		const root = this.#rootOf(id);
		const isAgent = root !== id;
		const place = {
			session: root,
			agent: isAgent ? id : "",
			parent: isAgent && parent !== root ? parent : "",
			cwd,
			since: typeof own?.time_created === "number" ? own.time_created : 0,
		};
		// A session may be told of before it is written.
		if (own !== undefined) this.#places.set(id, place);
		return place;
	}

	#rootOf(id: string): string {
		let root = id;
		for (let depth = 0; depth < MAX_DEPTH; depth++) {
			const parent = parentIn(this.#select.get(root));
			if (parent === "") break;
			root = parent;
		}
		return root;
	}
}

function parentIn(row: Record<string, unknown> | undefined): string {
	return typeof row?.parent_id === "string" ? row.parent_id : "";
}
