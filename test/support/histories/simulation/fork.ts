import type { Random } from "./random.ts";
import type { TranscriptFile } from "./transcriptFile.ts";

/**
 * Begins the transcript of a fork with what the other session said so far, under the fork's own id.
 * Client 2.1.329: --fork-session marks answers alone, /branch every line.
 */
export function takeOver(
	file: TranscriptFile,
	from: { readonly id: string; readonly file: TranscriptFile },
	random: Random,
): void {
	const isBranch = random.chance(0.5);
	const answer = { requestSessionId: from.id };
	const line = { forkedFrom: { sessionId: from.id, messageUuid: "u" } };
	file.copyFrom(from.file, (fields) => {
		// What was a copy there already goes on naming where it came from.
		if (isBranch) return { ...line, ...fields };
		return fields.type === "assistant" ? { ...answer, ...fields } : fields;
	});
}
