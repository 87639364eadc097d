// Transcripts in the proportions of 3,554 public ones: 60 % of the bytes are results of tools, 2 %
// edits with their file's text, 34 % of the calls Bash, a line has 2.8 KB, a file 340 KB.
import { closeSync, mkdirSync, openSync, utimesSync, writeSync } from "node:fs";
import * as path from "node:path";
import { randomFrom, Texts } from "./realTexts.ts";

const FILE_BYTES = 340_000;
const DAY_MS = 86_400_000;
const MODELS = ["claude-sonnet-4-5-20250929", "claude-opus-4-1-20250805"] as const;

/** What was written, to be compared with what is read. */
export interface Written {
	files: number;
	lines: number;
	bytes: number;
	calls: number;
	bashCalls: number;
	messages: number;
	/** Bytes of lines that hold a tool's result, and of those with the text of an edited file. */
	resultBytes: number;
	editBytes: number;
}

/** Writes transcripts below a folder until there are so many bytes. */
export function writeRealHistory(folder: string, bytes: number, now: number, seed = 1): Written {
	const texts = new Texts(randomFrom(seed));
	const written: Written = {
		files: 0,
		lines: 0,
		bytes: 0,
		calls: 0,
		bashCalls: 0,
		messages: 0,
		resultBytes: 0,
		editBytes: 0,
	};
	for (let index = 0; written.bytes < bytes; index++) {
		const session = idOf(index);
		const place = path.join(folder, `-home-dev-project${index % 49}`);
		const endedAt = now - DAY_MS * (0.1 + (index % 600) / 8);
		const own = { session, agent: "", endedAt, cwd: `/home/dev/project${index % 49}` };
		new Transcript(path.join(place, `${session}.jsonl`), own, texts, written).write();
		for (let agents = texts.chance(0.3) ? 1 + texts.below(3) : 0; agents > 0; agents--) {
			const agent = `a${texts
				.below(2 ** 31)
				.toString(16)
				.padStart(8, "0")}${index}`;
			const file = path.join(place, session, "subagents", `agent-${agent}.jsonl`);
			new Transcript(file, { ...own, agent }, texts, written).write();
		}
	}
	return written;
}

function idOf(index: number): string {
	return `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
}

interface Identity {
	readonly session: string;
	/** Empty for the session itself. */
	readonly agent: string;
	readonly cwd: string;
	readonly endedAt: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** A tool with its share of the calls in percent, and the mean bytes of its results. */
const TOOLS = [
	["Bash", 34, 2800],
	["Read", 26, 5600],
	["Edit", 14, 0],
	["Grep", 8, 3400],
	["TodoWrite", 6, 300],
	["Write", 4, 0],
	["Glob", 3, 1500],
	["mcp__github__get_issue", 3, 7400],
	["WebFetch", 2, 5800],
] as const;
/** Each tool as often as its share says. */
const CHOICES = TOOLS.flatMap((tool) => new Array<Tool>(tool[1]).fill(tool)) as [Tool, ...Tool[]];
type Tool = (typeof TOOLS)[number];

class Transcript {
	readonly #file: string;
	readonly #own: Identity;
	readonly #texts: Texts;
	readonly #written: Written;
	readonly #size: number;
	#handle = 0;
	#bytes = 0;
	#lines: string[] = [];
	#count = 0;
	/** What has no line before it goes on from none, but in a fork. */
	#isBegun = false;
	#ts: number;

	constructor(file: string, own: Identity, texts: Texts, written: Written) {
		this.#file = file;
		this.#own = own;
		this.#texts = texts;
		this.#written = written;
		this.#size = texts.length(FILE_BYTES);
		this.#ts = own.endedAt - (this.#size / 2800) * 4000;
	}

	write(): void {
		mkdirSync(path.dirname(this.#file), { recursive: true });
		this.#handle = openSync(this.#file, "w");
		this.#written.files++;
		this.#user(this.#texts.output(this.#texts.length(600)));
		while (this.#bytes < this.#size) this.#turn();
		this.#message([{ type: "text", text: this.#texts.output(500) }], "end_turn");
		this.#flush();
		closeSync(this.#handle);
		utimesSync(this.#file, this.#ts / 1000, this.#ts / 1000);
	}

	#turn(): void {
		const texts = this.#texts;
		if (texts.chance(0.05)) this.#user(texts.output(texts.length(400)));
		if (texts.chance(0.3)) this.#snapshot();
		if (texts.chance(0.97)) this.#progress();
		const parts: Fields[] = [];
		if (texts.chance(0.4)) {
			const thinking = texts.output(texts.length(1500));
			parts.push({ type: "thinking", thinking, signature: this.#signature(1600) });
		}
		if (texts.chance(0.3)) parts.push({ type: "text", text: texts.output(texts.length(300)) });
		const calls = texts.chance(0.1) ? 2 : 1;
		const asked = Array.from({ length: calls }, () => this.#call());
		this.#message([...parts, ...asked.map(({ block }) => block)], "tool_use");
		for (const { answer } of asked) answer();
	}

	#call(): { block: Fields; answer: () => void } {
		const texts = this.#texts;
		const [name, , mean] = texts.pick(CHOICES);
		const id = `toolu_01${texts.below(2 ** 31).toString(36)}${this.#written.calls++}`;
		const filePath = `${this.#own.cwd}/src/${texts.name()}${texts.below(40)}`;
		const call = (input: Fields, answer: () => void) => ({
			block: { type: "tool_use", id, name, input },
			answer,
		});
		if (name === "Bash") {
			this.#written.bashCalls++;
			const command = texts.command();
			return call({ command, description: texts.name() }, () => {
				const stdout = texts.output(texts.length(mean));
				const isError = texts.chance(0.06);
				const content = isError ? `Exit code 1\n${stdout}` : stdout;
				const answer = { stdout, stderr: "", interrupted: false, isImage: false };
				this.#result(id, content, isError ? `Error: ${content}` : answer, isError);
			});
		}
		if (name === "Read") {
			const file_path = `${filePath}.ts`;
			return call({ file_path }, () => {
				const content = texts.source(false, texts.length(mean));
				const numLines = content.split("\n").length;
				const file = { filePath: file_path, content, numLines, startLine: 1, totalLines: numLines };
				this.#result(id, texts.numbered(content), { type: "text", file });
			});
		}
		if (name === "Edit" || name === "Write") return this.#edit(call, id, name, filePath);
		const input =
			name === "TodoWrite"
				? { todos: [{ content: texts.output(80), status: "pending", activeForm: texts.name() }] }
				: { pattern: texts.name(), path: this.#own.cwd };
		return call(input, () => {
			const content = texts.output(texts.length(mean));
			this.#result(
				id,
				content,
				name.startsWith("mcp") ? [{ type: "text", text: content }] : { content },
			);
		});
	}

	#edit(
		call: (input: Fields, answer: () => void) => { block: Fields; answer: () => void },
		id: string,
		name: string,
		place: string,
	) {
		const texts = this.#texts;
		const isPython = texts.chance(0.4);
		const file_path = `${place}.${isPython ? "py" : "ts"}`;
		const text = texts.source(isPython, texts.length(name === "Edit" ? 7000 : 2600));
		if (name === "Write") {
			return call({ file_path, content: text }, () => {
				const told = { type: "create", filePath: file_path, content: text, structuredPatch: [] };
				this.#result(id, `File created successfully at: ${file_path}`, told, false, true);
			});
		}
		const lines = text.split("\n");
		const at = texts.below(Math.max(1, lines.length - 4));
		const old = lines[at] ?? "";
		const new_string = `${old} // ${texts.name()}`;
		// Large files, and most files of agents, are left out of the answer.
		const hasText = this.#own.agent === "" && texts.chance(0.2);
		return call({ file_path, old_string: old, new_string }, () => {
			const around = lines.slice(at + 1, at + 4).map((line) => ` ${line}`);
			const hunk = {
				oldStart: at + 1,
				oldLines: around.length + 1,
				newStart: at + 1,
				newLines: around.length + 1,
				lines: [`-${old}`, `+${new_string}`, ...around],
			};
			const told = {
				filePath: file_path,
				oldString: old,
				newString: new_string,
				originalFile: hasText ? text : null,
				structuredPatch: [hunk],
				userModified: false,
				replaceAll: false,
			};
			const shown = texts.numbered(lines.slice(Math.max(0, at - 4), at + 4).join("\n"));
			this.#result(id, `The file ${file_path} has been updated.\n${shown}`, told, false, hasText);
		});
	}

	#result(id: string, content: string, toolUseResult: unknown, isError = false, isEdit = false) {
		const block = { tool_use_id: id, type: "tool_result", content, is_error: isError };
		const more = { message: { role: "user", content: [block] }, toolUseResult };
		const bytes = this.#push("user", more);
		this.#written.resultBytes += bytes;
		if (isEdit) this.#written.editBytes += bytes;
	}

	/** Each part of a message stands on a line of its own, with the usage of all. */
	#message(parts: readonly Fields[], stopReason: string): void {
		const texts = this.#texts;
		const id = `msg_01${texts.below(2 ** 31).toString(36)}${this.#written.messages++}`;
		const usage = {
			input_tokens: texts.below(20),
			cache_creation_input_tokens: texts.below(5000),
			cache_read_input_tokens: texts.below(120_000),
			cache_creation: {
				ephemeral_5m_input_tokens: texts.below(5000),
				ephemeral_1h_input_tokens: 0,
			},
			output_tokens: 1 + texts.below(900),
			service_tier: "standard",
		};
		const model = texts.pick(MODELS);
		for (const part of parts) {
			const message = { model, id, type: "message", role: "assistant", content: [part] };
			this.#push("assistant", {
				message: { ...message, stop_reason: stopReason, stop_sequence: null, usage },
				requestId: `req_011${texts.below(2 ** 31).toString(36)}`,
			});
		}
	}

	#user(content: string): void {
		this.#push("user", { message: { role: "user", content } });
	}

	#progress(): void {
		const output = this.#texts.output(this.#texts.length(500));
		const data = { type: "bash_progress", output, elapsedTimeSeconds: this.#texts.below(99) };
		this.#push("progress", { data, toolUseID: `toolu_01${this.#count}` });
	}

	#snapshot(): void {
		const trackedFileBackups = Object.fromEntries(
			Array.from({ length: this.#texts.length(14) }, (_, index) => [
				`src/${this.#texts.name()}${index}.ts`,
				{ backupFileName: `${this.#signature(16)}@v1`, version: 1, backupTime: this.#time() },
			]),
		);
		const snapshot = { messageId: `u-${this.#count}`, trackedFileBackups, timestamp: this.#time() };
		this.#line(
			JSON.stringify({
				type: "file-history-snapshot",
				messageId: `u-${this.#count}`,
				snapshot,
				isSnapshotUpdate: false,
			}),
		);
	}

	#signature(bytes: number): string {
		let text = "";
		while (text.length < bytes) text += this.#texts.below(2 ** 31).toString(36);
		return text.slice(0, bytes);
	}

	/** No other file has it: what shares its lines is a fork. */
	#uuid(line: number): string {
		const number = (value: number, digits: number) => String(value).padStart(digits, "0");
		return `${number(this.#written.files, 8)}-aaaa-4000-8000-${number(line, 12)}`;
	}

	#time(): string {
		return new Date(this.#ts).toISOString();
	}

	#push(type: string, fields: Fields): number {
		const { session, agent, cwd } = this.#own;
		this.#ts += 200 + this.#texts.below(6000);
		const line = {
			parentUuid: this.#isBegun ? this.#uuid(this.#count) : null,
			isSidechain: agent !== "",
			userType: "external",
			cwd,
			sessionId: session,
			version: "2.1.200",
			gitBranch: "main",
			...(agent === "" ? {} : { agentId: agent }),
			type,
			...fields,
			uuid: this.#uuid(this.#count + 1),
			timestamp: this.#time(),
		};
		this.#isBegun = true;
		return this.#line(JSON.stringify(line));
	}

	#line(text: string): number {
		this.#count++;
		this.#lines.push(text);
		const bytes = Buffer.byteLength(text) + 1;
		this.#bytes += bytes;
		this.#written.lines++;
		this.#written.bytes += bytes;
		if (this.#lines.length > 500) this.#flush();
		return bytes;
	}

	#flush(): void {
		if (this.#lines.length > 0) writeSync(this.#handle, `${this.#lines.join("\n")}\n`);
		this.#lines = [];
	}
}
