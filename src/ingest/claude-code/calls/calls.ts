import { UNTOLD_TOOL } from "../../../model/calls/mergeCalls.ts";
import type { AgentEvent, CallArguments, CallKind } from "../../../model/events/events.ts";
import { MAX_DURATION_MS } from "../../../model/events/limits.ts";
import type { TranscriptRecord } from "../../../model/events/record.ts";
import { Fields } from "../../fields/fields.ts";
import { type Notes, readDuration } from "../../fields/values.ts";
import { changedLines } from "../../hunks.ts";
import { asObject, type Head, record, textOf } from "../../kit/raw.ts";
import type { SessionFolder } from "../files/sessionFolder.ts";
import { type Block, type Line, plainText } from "../lines.ts";
import { argumentsOf } from "./callArguments.ts";
import { answeredContent, askedContent } from "./callContent.ts";
import { failureOf } from "./failures.ts";
import { launchOf, launchResult } from "./launches.ts";
import { changesOf } from "./patches.ts";
import { kindOfTool } from "./tools.ts";

/** Calls kept while their results are awaited; the oldest is given up beyond it. */
const MAX_OPEN_CALLS = 1000;

/** Calls whose answers say more than that they are over, by their structure, and by their text. */
const STRUCTURED: ReadonlySet<CallKind> = new Set<CallKind>(["edit", "launch"]);
const TELLING: ReadonlySet<CallKind> = new Set<CallKind>([...STRUCTURED, "shell"]);

interface OpenCall {
	readonly tool: string;
	readonly input: unknown;
	readonly ts: number;
	/** null for a call that launches nobody. */
	readonly launch: OpenLaunch | null;
}

/** A call whose agent runs, or is about to. */
export interface OpenLaunch {
	/** tool_use_id */
	readonly id: string;
	readonly prompt: string;
	/** The agent that came of it, where lines of its own have told; empty before. */
	child: string;
}

/** Tells calls and their results. */
export class CallReader {
	readonly #open = new Map<string, OpenCall>();
	/** Calls that a fork took over; results and reports follow, and nothing else marks those. */
	readonly #copied = new Set<string>();
	readonly #notes: Notes;
	readonly #folder: SessionFolder;

	/** @param notes of the line that is read */
	constructor(notes: Notes, folder: SessionFolder) {
		this.#notes = notes;
		this.#folder = folder;
	}

	get hasOpen(): boolean {
		return this.#open.size > 0;
	}

	/** The call was made in another session. */
	passOver(block: Block): void {
		this.#copied.add(new Fields(block).id("id"));
	}

	/** Launches whose agent nothing has told of, the oldest first. */
	get freeLaunches(): OpenLaunch[] {
		return [...this.#open.values()].flatMap(({ launch }) => (launch?.child === "" ? [launch] : []));
	}

	isPassedOver(id: string): boolean {
		return this.#copied.has(id);
	}

	/** Whether a call runs of whose answer nothing is derived, unless that is a patch. */
	hasIdleAnswer(id: string): boolean {
		const open = this.#open.get(id);
		return open !== undefined && !TELLING.has(kindOfTool(open.tool));
	}

	/** Whether a call runs of whose success nothing is told but that it was one, unless that is a patch. */
	hasPlainAnswer(id: string): boolean {
		const open = this.#open.get(id);
		return open !== undefined && !STRUCTURED.has(kindOfTool(open.tool));
	}

	/** Its answer was passed over. */
	end(id: string): void {
		this.#open.delete(id);
	}

	called(head: Head, block: Block): TranscriptRecord[] {
		const f = new Fields(block);
		const id = f.id("id");
		const tool = f.id("name");
		if (id === "" || tool === "") return [];
		const { input } = block;
		const kind = kindOfTool(tool);
		const prompt = textOf(asObject(input)?.prompt) ?? "";
		const launch = kind === "launch" ? { id, prompt, child: "" } : null;
		this.#open.set(id, { tool, input, ts: head.ts, launch });
		if (this.#open.size > MAX_OPEN_CALLS) {
			for (const oldest of this.#open.keys()) {
				this.#open.delete(oldest);
				break;
			}
		}
		const event: AgentEvent =
			kind === "launch"
				? launchOf(head, id, input)
				: { event: "tool_use", ...head, id, tool, kind, ...argumentsOf(tool, kind, input) };
		return [{ event, call: askedContent({ tool, kind }, input) }];
	}

	returned(head: Head, block: Block, line: Line): TranscriptRecord[] {
		const id = new Fields(block).id("tool_use_id");
		if (id === "" || this.#copied.has(id)) return [];
		const open = this.#open.get(id);
		this.#open.delete(id);
		const tool = open?.tool ?? UNTOLD_TOOL;
		const output = plainText({ content: block.content });
		const answer = line.toolUseResult;
		const told = kindOfTool(tool);
		// As hooks/lib/skill.jq has it.
		const isFailedSkill = told === "skill" && asObject(answer)?.success === false;
		const success = block.is_error !== true && !isFailedSkill;
		const ownMs = ownDuration(tool, answer, this.#notes);
		const between = open === undefined ? null : Math.max(0, head.ts - open.ts);
		const durationMs = ownMs ?? (between !== null && between <= MAX_DURATION_MS ? between : null);
		const errorClass = success ? "" : failureOf(output, line, told);
		const isLaunched = tool === UNTOLD_TOOL && asObject(answer)?.agentId !== undefined;
		if ((told === "launch" && success) || isLaunched) {
			const child = open?.launch?.child;
			return launchResult(head, id, output, asObject(answer), this.#notes, child).map(record);
		}
		const args: CallArguments = argumentsOf(tool, told, open?.input);
		const changes = success ? changesOf(answer, args.filePath) : [];
		// Whatever the tool is: a call that is answered with a patch has edited.
		const kind = changes.length > 0 ? "edit" : told;
		const event: AgentEvent = {
			event: "tool_result",
			...head,
			id,
			tool,
			kind,
			...args,
			success,
			durationMs,
			measuredBy: ownMs === null ? "transcript" : "hook",
			errorClass,
			...changedLines(changes),
		};
		const [changed] = changes;
		const call = answeredContent({ tool, kind }, open?.input, {
			output,
			answer,
			changes,
			folder: changed === undefined ? "" : this.#folder.of(head.cwd, changed.path),
		});
		return [{ event, call }];
	}
}

/** What the client says that a call took, ms: a search for pages in seconds. Null where it does not say. */
function ownDuration(tool: string, answer: unknown, notes: Notes): number | null {
	const { durationMs, durationSeconds: seconds } = asObject(answer) ?? {};
	if (tool !== "WebSearch") return readDuration(durationMs, notes);
	return readDuration(typeof seconds === "number" ? seconds * 1000 : seconds, notes);
}
