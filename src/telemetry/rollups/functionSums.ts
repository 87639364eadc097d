import type { Statements } from "../tables/statements.ts";

const COUNTS = [
	"tests",
	"tests_failed",
	"violations",
	"writes",
	"versions",
	"e2e",
	"e2e_failed",
	"consumer_apps",
] as const;
/** ms since the epoch */
const TIMES = ["last_test_failed_at", "last_write_at"] as const;

/** By column of function_totals: counts are added to what stands there, of times the latest stays. */
type Sums = { [Column in (typeof COUNTS | typeof TIMES)[number]]?: number };

/** What a batch adds to the sums of functions, beside their calls. */
export class FunctionSums {
	readonly #statements: Statements;
	readonly #functions = new Map<string, Sums>();

	constructor(statements: Statements) {
		this.#statements = statements;
	}

	add(functionId: string, more: Sums): void {
		const sums = this.#functions.get(functionId) ?? {};
		this.#functions.set(functionId, sums);
		for (const count of COUNTS) sums[count] = (sums[count] ?? 0) + (more[count] ?? 0);
		for (const time of TIMES) sums[time] = Math.max(sums[time] ?? -1, more[time] ?? -1);
	}

	/** Writes the sums, in the transaction of their rows; returns the functions that changed. */
	flush(): string[] {
		for (const [id, sums] of this.#functions) {
			const times = TIMES.map((time) => sums[time] ?? -1);
			this.#statements.run(ADD, [id, ...COUNTS.map((count) => sums[count] ?? 0), ...times]);
		}
		const changed = [...this.#functions.keys()];
		this.discard();
		return changed;
	}

	discard(): void {
		this.#functions.clear();
	}
}

const ADD = `INSERT INTO function_totals (function_id, ${[...COUNTS, ...TIMES].join(", ")})
	VALUES (?, ${COUNTS.map(() => "?").join(", ")}, ${TIMES.map(() => "nullif(?, -1)").join(", ")})
	ON CONFLICT (function_id) DO UPDATE SET
		${COUNTS.map((count) => `${count} = ${count} + excluded.${count}`).join(", ")},
		${TIMES.map((time) => `${time} = ${latest(time)}`).join(", ")}`;

function latest(time: string): string {
	return `nullif(max(ifnull(${time}, -1), ifnull(excluded.${time}, -1)), -1)`;
}
