import type { CallKind } from "../../../model/events/events.ts";
import type { CallContent, FileChange } from "../../../model/events/record.ts";
import { asObject, textOf } from "../../kit/raw.ts";

/** What was called: the tool by its name, and what kind of one it is. */
interface Called {
	readonly tool: string;
	readonly kind: CallKind;
}

/** What a call asks for. @param input its arguments (`tool_input`) */
export function askedContent(called: Called, input: unknown): CallContent {
	return contentOf(called, input, {
		written: writtenIn(input),
		output: "",
		answer: null,
		changes: [],
	});
}

interface Answer {
	/** As text. */
	readonly output: string;
	/** As the client's own structure (`toolUseResult`). */
	readonly answer: unknown;
	readonly changes: readonly FileChange[];
	/** Folder that the session was started in; empty where it is not known. */
	readonly folder?: string;
}

/** What came back of a call. @param input undefined where the line of the call has not been read */
export function answeredContent(called: Called, input: unknown, answer: Answer): CallContent {
	return contentOf(called, input, { ...answer, written: null });
}

function contentOf(
	{ tool, kind }: Called,
	args: unknown,
	{ written, output, answer, changes, folder = "" }: Answer & { readonly written: string | null },
): CallContent {
	if (kind === "edit") return { kind, args, written, output, folder, changes };
	if (kind !== "shell") return { kind, args, written, output };
	return {
		kind,
		args,
		written,
		output,
		shell: tool === "PowerShell" ? "powershell" : "bash",
		command: textOf(asObject(args)?.command) ?? "",
		isUnfinished: isUnfinished(args, output, asObject(answer)),
	};
}

/** A command that was not waited for, or whose time was over, which older clients call a success. */
function isUnfinished(
	args: unknown,
	output: string,
	answer: Readonly<Record<string, unknown>> | null,
): boolean {
	const asked = asObject(args)?.run_in_background === true;
	const isInterrupted = answer?.interrupted === true;
	const went = textOf(answer?.backgroundTaskId) !== null;
	return asked || isInterrupted || went || CUT_OFF.test(output.slice(-500));
}

const CUT_OFF = /(?:^|\n)\s*(?:<error>)?Command timed out after \d/;

/** Of whatever tool: servers' tools call it by the same names. */
function writtenIn(input: unknown): string | null {
	const fields = asObject(input);
	if (fields === null) return null;
	const edits = Array.isArray(fields.edits) ? fields.edits : [];
	const texts = [
		fields.content,
		fields.new_string,
		...edits.map((edit) => asObject(edit)?.new_string),
	].filter((text) => typeof text === "string");
	return texts.length > 0 ? texts.join("\n") : null;
}
