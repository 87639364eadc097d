import { formatCost, formatCount } from "../../model/views/format.ts";
import {
	type SessionVerdictFigures,
	sessionFigures,
} from "../../telemetry/queries/sessionFigures.ts";
import { SnapshotFile } from "../../telemetry/storage/file/snapshotFile.ts";
import {
	CliFailure,
	type Command,
	databaseOption,
	jsonOption,
	type OptionValues,
	UsageError,
} from "../command.ts";
import { openToRead } from "../database.ts";
import { databaseFileOf } from "../paths.ts";

/** A limit by its option: what it is held against, and what is said where it is broken. */
interface Limit {
	readonly isLeast: boolean;
	readonly measureOf: (figures: SessionVerdictFigures) => number | null;
	readonly says: (value: number, limit: number) => string;
	/** What is said where the value is not known. */
	readonly unknown: string;
}

const LIMITS: Readonly<Record<string, Limit>> = {
	"min-health": {
		isLeast: true,
		measureOf: ({ health }) => health,
		says: (value, limit) => `health is ${value}, below ${limit}`,
		unknown: "health is not known: it takes five calls",
	},
	"max-cost": {
		isLeast: false,
		measureOf: ({ costUsd }) => costUsd,
		says: (value, limit) => `it cost ${formatCost(value)}, more than ${formatCost(limit)}`,
		unknown: "cost is not known: no message has a price",
	},
	"max-failed-calls": {
		isLeast: false,
		measureOf: ({ failedCalls }) => failedCalls,
		says: (value, limit) => `${formatCount(value, "call")} failed, more than ${limit}`,
		unknown: "",
	},
	"max-violations": {
		isLeast: false,
		measureOf: ({ violations }) => violations,
		says: (value, limit) => `${formatCount(value, "violation")}, more than ${limit}`,
		unknown: "",
	},
};

export const checkCommand: Command = {
	name: "check",
	summary:
		"Says whether a session kept to limits, for CI: exit 1 and a sentence for each broken one",
	options: {
		session: { type: "string", value: "ID", help: "the session" },
		last: { type: "boolean", value: "", help: "the session that began last" },
		"min-health": { type: "string", value: "N", help: "least health score, 0 to 100" },
		"max-cost": { type: "string", value: "USD", help: "most that it may cost" },
		"max-failed-calls": {
			type: "string",
			value: "N",
			help: "most calls that may fail; those cut off with the session are none",
		},
		"max-violations": { type: "string", value: "N", help: "most broken rules" },
		db: databaseOption,
		json: jsonOption,
	},

	async run(values, context) {
		const session = sessionOf(values);
		const limits = limitsOf(values);
		const file = new SnapshotFile(databaseFileOf(values, context));
		const bytes = file.read();
		if (bytes === null) throw new CliFailure(`no database at ${file.path}`);
		const store = await openToRead(bytes, context);
		const figures = sessionFigures(store, session);
		store.close();
		if (figures === null) {
			throw new CliFailure(session === null ? "there is no session" : `no session ${session}`);
		}
		const { broken, unknown } = judge(figures, limits);
		if (values.json) {
			context.print(JSON.stringify({ ok: broken.length === 0, ...figures, broken }, null, "\t"));
		} else {
			context.print(`session ${figures.sessionId}: ${broken.length === 0 ? "ok" : "not ok"}`);
			for (const sentence of broken) context.print(sentence);
		}
		for (const sentence of unknown) context.note(sentence);
		if (broken.length > 0) {
			throw new CliFailure(`${broken.length} of ${formatCount(limits.length, "limit")} broken`);
		}
	},
};

function sessionOf(values: OptionValues): string | null {
	const { session, last } = values;
	if ((session === undefined) === (last !== true)) {
		throw new UsageError("check needs either --session ID or --last");
	}
	return typeof session === "string" ? session : null;
}

type WantedLimit = readonly [limit: Limit, value: number];

function limitsOf(values: OptionValues): WantedLimit[] {
	const wanted = Object.entries(LIMITS).flatMap(([name, limit]): WantedLimit[] => {
		const text = values[name];
		if (text === undefined) return [];
		if (typeof text !== "string" || !/^\d{1,9}(?:\.\d{1,6})?$/.test(text)) {
			throw new UsageError(`--${name} needs a number of 0 or more, not ${JSON.stringify(text)}`);
		}
		return [[limit, Number(text)]];
	});
	if (wanted.length === 0) {
		const names = Object.keys(LIMITS).map((name) => `--${name}`);
		throw new UsageError(`check needs a limit: ${names.join(", ")}`);
	}
	return wanted;
}

function judge(figures: SessionVerdictFigures, limits: readonly WantedLimit[]) {
	const [broken, unknown]: [string[], string[]] = [[], []];
	for (const [{ isLeast, measureOf, says, unknown: text }, limit] of limits) {
		const value = measureOf(figures);
		if (value === null) unknown.push(text);
		else if (isLeast ? value < limit : value > limit) broken.push(says(value, limit));
	}
	const { messagesWithoutPrice: count } = figures;
	if (count > 0) unknown.push(`${formatCount(count, "message")} without a price not in the cost`);
	return { broken, unknown };
}
