import { LogLines } from "../../../src/ingest/eventLog/logLines.ts";
import type { LiveGraph } from "../../../src/model/graph/liveGraph.ts";

/**
 * Applies one line of the log, without its newline; a line that cannot be used is counted.
 *
 * @param log that it is the next line of
 */
export function applyLine(graph: LiveGraph, line: string, log = new LogLines()): void {
	const parsed = log.read(line);
	if (typeof parsed === "string") graph.countProblem(parsed);
	else graph.apply(parsed);
}
