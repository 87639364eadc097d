import { SKILL_TOOL } from "../ingest/claude-code/calls/tools.ts";
import {
	MAX_COST_USD,
	MAX_COUNT,
	MAX_DURATION_MS,
	MAX_ID_LENGTH,
	MAX_LISTED,
} from "../model/events/limits.ts";
import { type OptionValues, UsageError } from "./command.ts";

/** A field of a line of the log, and how its value is read from an option. */
type FieldOf = readonly [field: string, read: (text: string, option: string) => unknown];

/** What can be recorded: its event, and the options that it needs, or may have. */
interface Recorded {
	readonly event: string;
	/** Fields that are always the same. */
	readonly fixed?: Readonly<Record<string, unknown>>;
	readonly needs: Readonly<Record<string, FieldOf>>;
	readonly may: Readonly<Record<string, FieldOf>>;
	/** It may fail, which `--failed` says. */
	readonly hasOutcome: boolean;
	/** Without any of its options it would say nothing. */
	readonly needsAny?: boolean;
}

const SEVERITIES: readonly string[] = ["info", "warning", "error"];
const DURATION: FieldOf = ["duration_ms", numberUpTo(MAX_DURATION_MS)];
const NAME: FieldOf = ["name", nameOf];
const FUNCTIONS: FieldOf = ["functions", namesOf];
const TOKENS = numberUpTo(MAX_COUNT, true);

/** By the word behind `record`; docs/events.md has the events. */
export const RECORDED: Readonly<Record<string, Recorded>> = {
	skill: {
		event: "tool_result",
		fixed: { tool: SKILL_TOOL },
		needs: { name: ["skill", nameOf] },
		may: { duration: DURATION, error: ["error_class", nameOf] },
		hasOutcome: true,
	},
	call: {
		event: "function_call",
		needs: { name: NAME },
		may: { duration: DURATION, error: ["grade", nameOf] },
		hasOutcome: true,
	},
	cost: {
		event: "usage",
		needs: { model: ["model", nameOf] },
		may: {
			usd: ["cost_usd", numberUpTo(MAX_COST_USD)],
			"tokens-in": ["tokens_in", TOKENS],
			"tokens-out": ["tokens_out", TOKENS],
			"cache-read": ["cache_read", TOKENS],
			"cache-write": ["cache_write", TOKENS],
		},
		hasOutcome: false,
		needsAny: true,
	},
	test: {
		event: "test_run",
		needs: { name: NAME, function: FUNCTIONS },
		may: { duration: DURATION },
		hasOutcome: true,
	},
	e2e: {
		event: "e2e_run",
		needs: { app: ["app", nameOf], name: NAME, function: FUNCTIONS },
		may: { duration: DURATION },
		hasOutcome: true,
	},
	violation: {
		event: "violation",
		needs: { name: NAME, function: FUNCTIONS },
		may: { severity: ["grade", severityOf] },
		hasOutcome: false,
	},
};

/** Options that say whose work it was, which all may have. */
const WHOSE: readonly string[] = ["session", "agent", "id", "events-file"];

/**
 * The fields of a line that tell of one thing, but for whose it was and when.
 *
 * @throws UsageError for an option that is missing, makes no sense, or is another thing's
 */
export function fieldsOf(action: string, values: OptionValues): Record<string, unknown> {
	const recorded = RECORDED[action];
	if (recorded === undefined) throw new UsageError(`nothing is recorded as ${action}`);
	const { event, fixed, needs, may, hasOutcome } = recorded;
	const known = { ...needs, ...may };
	const fields: Record<string, unknown> = { event, ...fixed };
	for (const option of Object.keys(needs)) {
		if (values[option] === undefined) throw new UsageError(`record ${action} needs --${option}`);
	}
	if (recorded.needsAny && !Object.keys(may).some((option) => values[option] !== undefined)) {
		throw new UsageError(`record ${action} needs one of --${Object.keys(may).join(", --")}`);
	}
	for (const [option, value] of Object.entries(values)) {
		if (value === undefined || WHOSE.includes(option)) continue;
		if (option === "failed" && hasOutcome) continue;
		const field = Object.hasOwn(known, option) ? known[option] : undefined;
		if (field === undefined) throw new UsageError(`record ${action} has no --${option}`);
		fields[field[0]] = field[1](String(value), option);
	}
	if (hasOutcome) fields.success = values.failed !== true && values.error === undefined;
	return fields;
}

/** @throws UsageError for what is no name: empty, of several lines, or longer than an id may be */
export function nameOf(text: string, option: string): string {
	const name = text.trim();
	if (name !== "" && name.length <= MAX_ID_LENGTH && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name))
		return name;
	throw new UsageError(`--${option} needs a name of one line, of 1 to ${MAX_ID_LENGTH} characters`);
}

function namesOf(text: string, option: string): string[] {
	const names = text.split(",").map((each) => nameOf(each, option));
	if (names.length <= MAX_LISTED) return names;
	throw new UsageError(`--${option} takes ${MAX_LISTED} at most`);
}

function severityOf(text: string, option: string): string {
	if (SEVERITIES.includes(text)) return text;
	throw new UsageError(`--${option} is one of ${SEVERITIES.join(", ")}`);
}

function numberUpTo(most: number, isWhole = false): FieldOf[1] {
	const form = isWhole ? /^\d{1,10}$/ : /^\d{1,10}(?:\.\d{1,9})?$/;
	return (text, option) => {
		if (form.test(text) && Number(text) <= most) return Number(text);
		const what = isWhole ? "a whole number" : "a number";
		throw new UsageError(
			`--${option} needs ${what} from 0 to ${most}, not ${JSON.stringify(text)}`,
		);
	};
}
