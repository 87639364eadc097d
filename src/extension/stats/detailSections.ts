import type { FunctionDetail } from "../../telemetry/figures.ts";
import { formatMs, formatTime } from "./statsText.ts";

/** A row without rows below it; its texts come from outside and are never markup. */
export interface DetailRow {
	readonly label: string;
	readonly description: string;
	readonly state: "passed" | "failed" | "open" | "plain";
	/** The call that it is about, where it is about one. */
	readonly call?: CallPlace;
}

/** Where a call stands, as the commands that lead to its source are handed it. */
interface CallPlace {
	readonly session: string;
	/** Empty for the session's own. */
	readonly agent: string;
	/** tool_use_id */
	readonly call: string;
	/** Of the document. */
	readonly name: string;
}

/** What stands below a function: one section per kind of fact that there is any of. */
export interface DetailSection {
	readonly name: "errors" | "calls" | "writes" | "tests" | "versions";
	readonly label: string;
	readonly rows: readonly DetailRow[];
}

/** Sections that have a row, the most pressing first: what fails before what merely happened. */
export function detailSections(detail: FunctionDetail): DetailSection[] {
	const sections: DetailSection[] = [
		{ name: "errors", label: "Errors by class", rows: detail.errors.map(errorRow) },
		{ name: "calls", label: "Recent calls", rows: detail.calls.map(callRow) },
		{ name: "writes", label: "Writes", rows: detail.writes.map(writeRow) },
		{ name: "tests", label: "Tests", rows: detail.tests.map(testRow) },
		{ name: "versions", label: "Versions", rows: detail.versions.map(versionRow) },
	];
	return sections.filter(({ rows }) => rows.length > 0);
}

function errorRow({ errorClass, count }: FunctionDetail["errors"][number]): DetailRow {
	return { label: errorClass, description: count.toLocaleString("en-US"), state: "failed" };
}

function callRow(call: FunctionDetail["calls"][number]): DetailRow {
	const { success, errorClass, durationMs, hasWaited } = call;
	const state = success === null ? "open" : success ? "passed" : "failed";
	const end = { open: "open", passed: "", failed: errorClass ?? "failed" }[state];
	const took = durationMs === null ? "" : `${formatMs(durationMs)}${hasWaited ? " with wait" : ""}`;
	const parts = [took, end];
	// In a narrow side bar the description is cut off: what differs comes first.
	const label = parts.filter((part) => part !== "").join(" · ");
	const { id, session, agent } = call;
	const place = {
		session,
		agent: agent ?? "",
		call: id,
		name: agent === null ? "session" : "agent",
	};
	return { label: label || "done", description: formatTime(call.ts), state, call: place };
}

function writeRow(write: FunctionDetail["writes"][number]): DetailRow {
	// The minus sign, not the hyphen: figures stand below each other.
	return {
		label: write.filePath ?? "unknown file",
		description: `+${write.linesAdded} −${write.linesRemoved} · ${formatTime(write.ts)}`,
		state: "plain",
	};
}

function testRow({ testId, passed, ts }: FunctionDetail["tests"][number]): DetailRow {
	return {
		label: testId,
		description: formatTime(ts),
		state: passed ? "passed" : "failed",
	};
}

const VERSION_SOURCES = {
	index: "found in a snapshot",
	edit_hook: "written by an agent",
	copy_detected: "copy",
} as const;

function versionRow(version: FunctionDetail["versions"][number]): DetailRow {
	const { versionHash, source, ts, lines, copyOf } = version;
	const told = copyOf === null ? VERSION_SOURCES[source] : `copy of ${copyOf}`;
	const place = lines === null ? [] : [`lines ${lines.replace("-", "–")}`];
	return {
		label: versionHash.slice(0, 8),
		description: [told, ...place, formatTime(ts)].join(" · "),
		state: "plain",
	};
}
