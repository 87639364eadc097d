import type { LiveGraph } from "../../model/graph/liveGraph.ts";
import { parseLine } from "./parseLine.ts";

/** Applies one line of the log, without its newline; a line that cannot be used is counted. */
export function applyLine(graph: LiveGraph, line: string): void {
	const parsed = parseLine(line);
	if (typeof parsed === "string") graph.countProblem(parsed);
	else graph.apply(parsed);
}
