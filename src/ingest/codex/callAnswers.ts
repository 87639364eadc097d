import { objectIn } from "../kit/jsonLines.ts";
import type { ToolAnswer } from "../kit/openCalls.ts";
import { asObject, textOf } from "../kit/raw.ts";

/** How many characters of an answer are looked at for how it ended. */
const HEAD = 600;
const EXITED = /^(?:Process exited with code|Exit code:) (-?\d{1,9})$/m;
const RUNS_ON = /^Process running with session ID/m;
const FAILED =
	/^(?:Wall time: .*\n)?(?:\w+ )?(?:failed|error|execution error|unsupported|aborted|rejected|exec_command failed|apply_patch verification failed|unable to)\b/i;

/** What came back of a call that the model made. @param output text, its parts, or an object with both */
export function answerIn(output: unknown): ToolAnswer {
	const given = asObject(output);
	const text = plainOutput(given?.content ?? given?.body ?? output);
	const wrapped = /^\s*\{"output"/.test(text) ? objectIn(text) : null;
	const metadata = asObject(wrapped?.metadata);
	if (metadata !== null) {
		const { exit_code: code, duration_seconds: seconds } = metadata;
		return {
			output: textOf(wrapped?.output) ?? "",
			success: true,
			exitCode: typeof code === "number" ? code : null,
			durationMs: typeof seconds === "number" && seconds >= 0 ? seconds * 1000 : null,
		};
	}
	const start = text.slice(0, HEAD);
	const code = EXITED.exec(start)?.[1];
	return {
		output: text,
		success: given?.success !== false && (code !== undefined || !FAILED.test(start)),
		exitCode: code === undefined ? null : Number(code),
		isUnfinished: RUNS_ON.test(start),
	};
}

/** Text, or the texts of its parts, joined by newlines. */
export function plainOutput(output: unknown): string {
	if (typeof output === "string") return output;
	if (!Array.isArray(output))
		return output === undefined || output === null ? "" : JSON.stringify(output);
	return output
		.map((part: unknown) => textOf(asObject(part)?.text))
		.filter((text) => text !== null)
		.join("\n");
}
