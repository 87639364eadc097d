import type { LineProblem } from "../../model/events/lineProblem.ts";
import { formatCount } from "../../model/views/format.ts";
import type { FileProblems } from "../sources/lineProblems.ts";

/** Why a line was not understood, or not in full, in words that go on after a colon. */
const WORDS: Readonly<Record<LineProblem, string>> = {
	not_json: "no JSON",
	not_an_object: "no object",
	unknown_version: "of a version that is not known",
	unknown_event: "an event that is not known",
	unknown_type: "of a kind that is not known",
	unknown_parent: "of an agent that nothing else tells of",
	missing_field: "a field is missing",
	wrong_type: "a field is of another type",
	line_too_long: "too long",
	cut_line: "cut off",
	no_time: "no time that can be read",
	bad_timestamp: "no time that can be read, so that of the line before",
	bad_field: "a field of another type, or a number that cannot be",
	id_shortened: "an id that is too long",
};

/** One sentence for each kind: how many lines of how many transcripts. */
export function problemSentences(problems: readonly FileProblems[]): string[] {
	const kinds = new Map<string, { lines: number; files: number }>();
	for (const { kind, lines } of problems) {
		const sum = kinds.get(kind) ?? { lines: 0, files: 0 };
		kinds.set(kind, { lines: sum.lines + lines, files: sum.files + 1 });
	}
	return [...kinds].map(([kind, { lines, files }]) => {
		const were = lines === 1 ? "was" : "were";
		const whose = `${formatCount(lines, "line")} of ${formatCount(files, "transcript")}`;
		return `${whose} ${were} not understood: ${problemWords(kind)}`;
	});
}

export function problemWords(kind: string): string {
	return kind in WORDS ? WORDS[kind as LineProblem] : kind;
}
