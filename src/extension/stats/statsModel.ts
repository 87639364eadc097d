import type { FunctionStats } from "../../telemetry/figures.ts";
import { FUNCTION_KINDS, type FunctionKind, kindOf } from "../../telemetry/tables/functionId.ts";
import { compareBy, type SortKey } from "./statsSort.ts";

/** Rows that a group shows at once; VS Code fetches and sends every row of an open group. */
export const PAGE_SIZE = 200;

/** Which rows of the tree are out of date. */
export interface StatsChange {
	/** A group came or went. */
	readonly isRoot: boolean;
	/** Groups that list other functions than before, or the same in another order. */
	readonly groups: readonly FunctionKind[];
	/** Listed functions, of the other groups, whose figures changed. */
	readonly functions: readonly string[];
}

/** The functions of all groups together. */
interface StatsTotals {
	readonly functions: number;
	readonly calls: number;
	readonly errors: number;
}

/** The functions as the tree lists them: grouped by kind, sorted, filtered, a page at a time. */
export class StatsModel {
	readonly #rows = new Map<FunctionKind, Map<string, FunctionStats>>();
	readonly #matching = new Map<FunctionKind, readonly FunctionStats[]>();
	readonly #limits = new Map<FunctionKind, number>();
	#sort: SortKey;
	#words: readonly string[] = [];
	#showsUnused = false;

	constructor(sort: SortKey = "calls") {
		this.#sort = sort;
		for (const kind of FUNCTION_KINDS) this.#rows.set(kind, new Map());
	}

	get sort(): SortKey {
		return this.#sort;
	}

	/** Groups that have a function to show, in the order of FUNCTION_KINDS. */
	get groups(): FunctionKind[] {
		return FUNCTION_KINDS.filter((kind) => this.matching(kind).length > 0);
	}

	get totals(): StatsTotals {
		let [functions, calls, errors] = [0, 0, 0];
		for (const rows of this.#rows.values()) {
			functions += rows.size;
			for (const row of rows.values()) {
				calls += row.calls_total;
				errors += row.errors_total;
			}
		}
		return { functions, calls, errors };
	}

	get(functionId: string): FunctionStats | undefined {
		return this.#rows.get(kindOf(functionId))?.get(functionId);
	}

	/** All functions of a group that the filter lets through, sorted. */
	matching(kind: FunctionKind): readonly FunctionStats[] {
		return this.#matching.get(kind) ?? [];
	}

	/** Those of them that the tree shows. */
	listed(kind: FunctionKind): readonly FunctionStats[] {
		return this.matching(kind).slice(0, this.#limits.get(kind) ?? PAGE_SIZE);
	}

	/** @param isAll the rows are all there are: functions that are not among them are gone */
	update(rows: readonly FunctionStats[], isAll: boolean): StatsChange {
		const kinds = new Set<FunctionKind>();
		const changed: string[] = [];
		if (isAll) this.#forgetAllBut(rows, kinds);
		for (const row of rows) {
			const kind = kindOf(row.function_id);
			const known = this.#rows.get(kind)?.get(row.function_id);
			if (known !== undefined && isSame(known, row)) continue;
			this.#rows.get(kind)?.set(row.function_id, row);
			kinds.add(kind);
			changed.push(row.function_id);
		}
		return this.#regroup([...kinds], changed);
	}

	setSort(sort: SortKey): StatsChange {
		// A row's description names the figure that it is sorted by.
		const isOther = sort !== this.#sort;
		this.#sort = sort;
		const change = this.#regroup(FUNCTION_KINDS, []);
		return isOther ? { ...change, groups: this.groups } : change;
	}

	/** @param text words that must all occur in a function's id, in any case */
	setFilter(text: string): StatsChange {
		this.#words = text.toLowerCase().split(/\s+/).filter(Boolean);
		this.#limits.clear();
		return this.#regroup(FUNCTION_KINDS, []);
	}

	/** Those that nobody ever called are listed when they are asked for: by this, or by a filter. */
	toggleUnused(): StatsChange {
		this.#showsUnused = !this.#showsUnused;
		return this.#regroup(FUNCTION_KINDS, []);
	}

	showMore(kind: FunctionKind): StatsChange {
		this.#limits.set(kind, this.listed(kind).length + 5 * PAGE_SIZE);
		return { isRoot: false, groups: [kind], functions: [] };
	}

	#forgetAllBut(rows: readonly FunctionStats[], kinds: Set<FunctionKind>): void {
		const ids = new Set(rows.map((row) => row.function_id));
		for (const [kind, known] of this.#rows) {
			for (const id of known.keys()) {
				if (!ids.has(id) && known.delete(id)) kinds.add(kind);
			}
		}
	}

	/** Sorts the groups again and tells what that changed of what is listed. */
	#regroup(kinds: readonly FunctionKind[], changed: readonly string[]): StatsChange {
		const rootBefore = this.groups.join();
		const groups = kinds.filter((kind) => this.#sortGroup(kind));
		const functions = kinds
			.filter((kind) => !groups.includes(kind))
			.flatMap((kind) => this.listed(kind))
			.map((row) => row.function_id);
		const isChanged = new Set(changed);
		return {
			isRoot: this.groups.join() !== rootBefore,
			groups,
			functions: functions.filter((id) => isChanged.has(id)),
		};
	}

	/** @returns whether the group's row or the order of its listed rows is another now */
	#sortGroup(kind: FunctionKind): boolean {
		const [countBefore, before] = [this.matching(kind).length, this.listed(kind)];
		const rows = [...(this.#rows.get(kind)?.values() ?? [])].filter((row) => this.#matches(row));
		this.#matching.set(kind, rows.sort(compareBy(this.#sort)));
		if (rows.length !== countBefore) return true;
		return this.listed(kind).some((row, i) => row.function_id !== before[i]?.function_id);
	}

	#matches({ function_id, calls_total }: FunctionStats): boolean {
		if (this.#words.length === 0) return calls_total > 0 || this.#showsUnused;
		const id = function_id.toLowerCase();
		return this.#words.every((word) => id.includes(word));
	}
}

function isSame(a: FunctionStats, b: FunctionStats): boolean {
	return (Object.keys(b) as (keyof FunctionStats)[]).every((key) => a[key] === b[key]);
}
