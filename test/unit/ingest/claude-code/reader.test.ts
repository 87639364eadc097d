import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { claudeCode } from "../../../../src/ingest/claude-code/client.ts";
import { programOf } from "../../../../src/ingest/kit/programOf.ts";
import type { TranscriptReader } from "../../../../src/ingest/transcripts/port.ts";
import type { AgentEvent, UsageEvent } from "../../../../src/model/events/events.ts";
import type { PriceTerms } from "../../../../src/model/usage/price.ts";
import { FAILURE_TEXTS } from "../../../support/failureTexts.ts";
import { captureNames } from "../../../support/hooks/captures.ts";
import {
	fileOf,
	runNames,
	transcriptEvents,
	transcriptRecords,
	understood,
	unpriced,
} from "../../../support/transcripts/recordedRun.ts";

const fixtures = join(import.meta.dirname, "../../../fixtures");
const projects = [
	...captureNames.map((name) => join(fixtures, "captures", name, "transcripts")),
	...runNames.map((name) => join(fixtures, "runs", name, "projects")),
];

function reader(path = "-home/s1.jsonl"): TranscriptReader {
	const file = fileOf(path);
	if (file === null) throw new Error(`no transcript: ${path}`);
	return unpriced.newReader(file);
}

function read(lines: readonly object[], path?: string): AgentEvent[] {
	const one = reader(path);
	return lines.flatMap((line) => {
		return understood(one.line(JSON.stringify(line))).map(({ event }) => event);
	});
}

const at = (second: number) => ({
	sessionId: "s1",
	timestamp: new Date(Date.UTC(2026, 0, 5, 9, 0, second)).toISOString(),
});
const said = (id: string, content: unknown, more: object = {}, second = 0) => ({
	type: "assistant",
	...at(second),
	message: { id, model: "m", content, usage: { input_tokens: 1, output_tokens: 2 }, ...more },
});
const answered = (id: string, content: unknown, more: object = {}, is_error = true) => ({
	type: "user",
	...at(1),
	...more,
	message: { content: [{ type: "tool_result", tool_use_id: id, content, is_error }] },
});
const call = (id: string, name: string, input: object = {}) => ({
	type: "tool_use",
	id,
	name,
	input,
});

describe("Transcripts of Claude Code", () => {
	it("are told apart from other files by their place and name", () => {
		assert.deepEqual(unpriced.classify("-a/s1/subagents/agent-x1.jsonl"), {
			session: "s1",
			agent: "x1",
			companions: ["-a/s1/subagents/agent-x1.meta.json"],
			slug: "-a",
		});
		assert.equal(fileOf("-a/s1.jsonl")?.agent, "");
		const first = { type: "user", sessionId: "s1", message: { content: "look" } };
		const warmup = { ...first, message: { content: "Warmup" } };
		const beside = "-a/agent-x1.jsonl";
		assert.equal(unpriced.classify(beside), "first_line");
		const agent = { session: "s1", agent: "x1", companions: [], slug: "-a" };
		assert.deepEqual(fileOf(beside, JSON.stringify(first)), agent);
		assert.deepEqual(fileOf(beside, "cut"), { ...agent, session: "" });
		const aside = { ...agent, agent: "", isAside: true };
		assert.deepEqual(fileOf(beside, JSON.stringify(warmup)), aside);
		for (const path of [
			"s1.jsonl",
			"-a/s1.json",
			"-a/s1/agent-x.jsonl",
			"-a/b/s1.jsonl",
			"-a/s1/subagents/agent-x1.meta.json",
		]) {
			assert.equal(unpriced.classify(path), null, path);
		}
	});

	for (const folder of projects) {
		it(`give the tokens that the client counted itself: ${folder.split("/").slice(-2)[0]}`, () => {
			const usages = new Map<string, UsageEvent>();
			for (const { event } of transcriptRecords(folder).flat()) {
				if (event.event !== "usage") continue;
				const known = usages.get(event.message);
				if ((known?.tokensOut ?? -1) < event.tokensOut) usages.set(event.message, event);
			}
			assert.deepEqual(totals([...usages.values()]), costState(folder));
		});
	}

	it("tell on what terms a request was answered, for its price", () => {
		const asked: (PriceTerms | undefined)[] = [];
		const client = claudeCode((_usage, terms) => {
			asked.push(terms);
			return null;
		});
		const file = { session: "s1", agent: "", companions: [] };
		const one = client.newReader(file);
		const tokens = { input_tokens: 1, output_tokens: 2 };
		const tools = { server_tool_use: { web_search_requests: 3 } };
		const dear = { ...tokens, ...tools, speed: "fast", inference_geo: "us" };
		const model = "claude-opus-4-6";
		one.line(JSON.stringify(said("m1", [], { usage: tokens })));
		one.line(JSON.stringify(said("m2", [], { model, usage: dear })));
		assert.deepEqual(asked, [
			{ times: 1, extraUsd: 0 },
			{ times: 6 * 1.1, extraUsd: 0.03 },
		]);
	});

	it("give the arguments of a launch for their hash, as of any call", () => {
		const { records } = reader().line(
			JSON.stringify(said("m1", [call("t1", "Agent", { prompt: "p" })])),
		);
		const launch = records.find(({ event }) => event.event === "agent_spawn");
		assert.deepEqual(launch?.call?.args, { prompt: "p" });
	});

	it("tell an edit by the patch that answers it, whatever the tool is called", () => {
		const structuredPatch = [{ oldStart: 1, newStart: 1, lines: ["-a", "+b", "+c"] }];
		const toolUseResult = { filePath: "/x/a.ts", structuredPatch, originalFile: "a\n" };
		const [, , result] = read([
			said("m1", [call("t1", "Rewrite")]),
			answered("t1", "done", { toolUseResult }, false),
		]);
		assert.ok(result?.event === "tool_result");
		assert.deepEqual(
			[result.tool, result.kind, result.linesAdded, result.linesRemoved],
			["Rewrite", "edit", 2, 1],
		);
	});

	it("pass over what a fork took over from another session", () => {
		const one = reader("-home/s2.jsonl");
		const told = (line: object) => {
			const { records, problems } = one.line(JSON.stringify({ ...line, sessionId: "s2" }));
			return [...problems, ...records.map(({ event }) => event.event)];
		};
		// Client 2.1.329: --fork-session marks answers alone, /branch every line.
		const copies = [
			{ requestSessionId: "s1" },
			{ forkedFrom: { sessionId: "s1", messageUuid: "u" } },
		];
		for (const copy of copies) {
			assert.deepEqual(told({ ...said("m1", [call("c1", "Bash")]), ...copy }), []);
			const isMarked = "forkedFrom" in copy;
			assert.deepEqual(told(answered("c1", "x", isMarked ? copy : {})), []);
		}
		const report = "<task-notification><task-id>a1</task-id><tool-use-id>c1</tool-use-id>";
		const ended = `${report}<status>completed</status><summary>Agent "x" completed</summary>`;
		assert.deepEqual(told({ type: "user", ...at(1), message: { content: ended } }), []);
		assert.deepEqual(told(said("m2", [call("c2", "Bash")])), ["usage", "tool_use"]);
		assert.deepEqual(told(answered("c2", "x")), ["tool_result"]);
	});

	it("say how long a call took by what its answer says, else by the time between", () => {
		const took = (tool: string, toolUseResult: unknown) =>
			read([said("m1", [call("t1", tool)]), answered("t1", "x", { toolUseResult }, false)])
				.filter((event) => event.event === "tool_result")
				.map(({ durationMs, measuredBy }) => [durationMs, measuredBy]);
		assert.deepEqual(took("Glob", { durationMs: 12 }), [[12, "hook"]]);
		assert.deepEqual(took("WebSearch", { durationSeconds: 2.5 }), [[2500, "hook"]]);
		assert.deepEqual(took("mcp__video__cut", { durationSeconds: 90 }), [[1000, "transcript"]]);
	});

	it("know a call that was denied from one that was cut off and one that failed", () => {
		const classes = (content: string, more: object) =>
			read([said("m1", [call("t1", "Bash")]), answered("t1", content, more)])
				.filter((event) => event.event === "tool_result")
				.map(({ success, errorClass }) => (success ? "success" : errorClass));
		const rejected =
			"The user doesn't want to proceed with this tool use. The tool use was rejected";
		const version = "2.1.329";
		assert.deepEqual(
			classes("…granted it yet.", { version, permissionDecision: { decision: "reject" } }),
			["denied"],
		);
		assert.deepEqual(classes(rejected, { version, toolUseResult: "User rejected tool use" }), [
			"interrupted",
		]);
		assert.deepEqual(classes(rejected, { version: "2.0.1" }), ["denied"]);
		for (const [toolDenialKind, kind] of Object.entries({
			cancelled: "interrupted",
			interrupted: "interrupted",
			"permission-rule": "denied",
			"automode-blocked": "denied",
		})) {
			assert.deepEqual(classes(rejected, { version, toolDenialKind }), [kind], toolDenialKind);
		}
		assert.deepEqual(classes("Exit code 3\nno", {}), ["exit_3"]);
		assert.deepEqual(classes("Exit code 143\nCommand timed out after 2m", {}), ["timeout"]);
		assert.deepEqual(classes("<tool_use_error>InputValidationError: x</tool_use_error>", {}), [
			"tool_use_error",
		]);
	});

	it("know a skill that says itself that it failed, as a hook does", () => {
		const succeeded = (tool: string, toolUseResult: unknown) =>
			read([said("m1", [call("t1", tool)]), answered("t1", "x", { toolUseResult }, false)]).flatMap(
				(event) => (event.event === "tool_result" ? [event.success] : []),
			);
		assert.deepEqual(succeeded("Skill", { success: false, commandName: "a" }), [false]);
		assert.deepEqual(succeeded("Skill", { success: true }), [true]);
		assert.deepEqual(succeeded("Skill", { success: "false" }), [true]);
		assert.deepEqual(succeeded("Skill", "Launching skill"), [true]);
		assert.deepEqual(succeeded("Read", { success: false }), [true]);
	});

	it("have a word for what the client says of a failure", () => {
		const told = FAILURE_TEXTS.map(([tool, text]) => {
			const lines = [said("m1", [call("t1", tool)]), answered("t1", text)];
			const result = read(lines).find((event) => event.event === "tool_result");
			return [text, result?.event === "tool_result" ? result.errorClass : ""];
		});
		assert.deepEqual(
			told,
			FAILURE_TEXTS.map(([, text, word]) => [text, word]),
		);
		const denied = { permissionDecision: { decision: "reject", source: "hook" } };
		const lines = [said("m1", [call("t1", "Bash")]), answered("t1", "no", denied)];
		const [, , result] = read(lines);
		assert.equal(result?.event === "tool_result" && result.errorClass, "hook_blocked");
	});

	it("count a message once, with the most output that any of its lines reports", () => {
		const usages = read([
			said("m1", [{ type: "text", text: "a" }]),
			said("m1", [call("t1", "Bash")]),
			said("m1", [], { usage: { input_tokens: 1, output_tokens: 9 } }),
			said("m2", [], { model: "<synthetic>" }),
		]).filter((event) => event.event === "usage");
		assert.deepEqual(
			usages.map(({ message, tokensOut }) => [message, tokensOut]),
			[
				["m1", 2],
				["m1", 9],
			],
		);
	});

	it("belong to the session that they name, whatever file they stand in", () => {
		const other = { ...said("m1", [call("t1", "Bash")]), sessionId: "s0" };
		const told = read([other, said("m2", [])]);
		assert.deepEqual(
			told.map(({ event, session }) => `${event} ${session}`),
			["usage s0", "tool_use s0", "usage s1"],
		);
	});

	it("tell of requests that the client made for itself nothing but their tokens", () => {
		for (const name of ["acompact-1", "aprompt_suggestion-1", "aside_question-1"]) {
			const path = `-a/s1/subagents/agent-${name}.jsonl`;
			const lines = [answered("t1", "x"), said("m1", [call("t2", "Read")])];
			const [only, ...more] = read(lines, path);
			assert.ok(only?.event === "usage" && only.isAside);
			assert.deepEqual([only.session, only.agent, more], ["s1", "", []], name);
		}
	});

	it("tell a person's prompt from what else stands in a user's place", () => {
		const line = (content: string, more: object = {}) => ({
			type: "user",
			...at(0),
			...more,
			message: { role: "user", content },
		});
		const kinds = (one: object, path?: string) => read([one], path).map(({ event }) => event);
		assert.deepEqual(kinds(line("go")), ["prompt"]);
		assert.deepEqual(kinds(line("go", { isMeta: true })), []);
		assert.deepEqual(kinds(line("summary", { isCompactSummary: true })), []);
		assert.deepEqual(kinds(line("<command-name>/clear</command-name>")), []);
		assert.deepEqual(kinds(line("[Request interrupted by user]")), ["turn_end"]);
		const sub = "-home/s1/subagents/agent-x1.jsonl";
		assert.deepEqual(kinds(line("go"), sub), ["agent_start"]);
		assert.deepEqual(kinds(line("[Request interrupted by user for tool use]"), sub), [
			"agent_stop",
		]);
	});

	it("name the agent that a launch led to also where only the text of the answer tells it", () => {
		const text = "  agentId: forged\n  done\nagentId: a1 (internal ID)";
		const events = read(
			[
				said("m1", [call("t1", "Agent", { subagent_type: "Plan" })]),
				answered("t1", text, {}, false),
			],
			"-home/s1/subagents/agent-x1.jsonl",
		);
		const link = events.find((event) => event.event === "agent_link");
		assert.deepEqual([link?.id, link?.child, link?.agent], ["t1", "a1", "x1"]);
	});

	it("keep no argument and no output in an event", () => {
		const text = JSON.stringify(runNames.flatMap((name) => transcriptEvents(name).flat()));
		for (const secret of ["sleep 0", "assert 1", "TASK:", "print(", "So far", "Ran 0 tests"]) {
			assert.ok(!text.includes(secret), secret);
		}
	});

	it("never throw, whatever a line or a file beside an agent's holds", () => {
		const lines = globSync("**/*.jsonl", { cwd: projects[0] ?? "" }).flatMap((path) =>
			readFileSync(join(projects[0] ?? "", path), "utf8").split("\n"),
		);
		const json = fc.json({ maxDepth: 6 });
		fc.assert(
			fc.property(
				fc.constantFrom(...lines),
				fc.nat(),
				json,
				fc.nat(),
				(line, cut, value, place) => {
					const one = reader("-home/s1/subagents/agent-x1.jsonl");
					one.line(line.slice(0, cut % (line.length + 1)));
					one.line(value);
					one.companion("", value);
					one.line(withValue(line, place, value));
				},
			),
			{ numRuns: 2000 },
		);
	});
});

describe("The program of a shell command", () => {
	for (const [command, program] of [
		["git commit -m x", "git"],
		["  /usr/bin/python3 -V", "python3"],
		["A=1 B='two words' npm test", "npm"],
		['A="$HOME/x" make', "make"],
		["A=$(secret) make", ""],
		["TOKEN='half", ""],
		["# comment", ""],
		["(cd x)", ""],
		["", ""],
	] as const) {
		it(`is ${program || "unknown"} in ${command || "nothing"}`, () =>
			assert.equal(programOf(command), program));
	}
});

/** A line with one of its values replaced. */
function withValue(line: string, place: number, value: string): string {
	const values = [...line.matchAll(/(?<=":)(?:"[^"]*"|\d+|true|false|null)/g)];
	const found = values[place % Math.max(1, values.length)];
	if (found === undefined) return value;
	return line.slice(0, found.index) + value + line.slice(found.index + found[0].length);
}

type Totals = Record<string, readonly number[]>;

function totals(usages: readonly UsageEvent[]): Totals {
	const byModel: Record<string, number[]> = {};
	for (const { model, tokensIn, tokensOut, cacheRead, cacheWrite5m, cacheWrite1h } of usages) {
		byModel[model] = [tokensIn, tokensOut, cacheRead, cacheWrite5m + cacheWrite1h].map(
			(count, index) => count + (byModel[model]?.[index] ?? 0),
		);
	}
	return byModel;
}

/** What the client wrote at the end of its only session in a folder. */
function costState(folder: string): Totals {
	const [file = ""] = globSync("*/*.jsonl", { cwd: folder });
	const lines = readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean);
	const states = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === "cost-state");
	const usage: Record<string, Record<string, number>> = states.at(-1).modelUsage;
	return Object.fromEntries(
		Object.entries(usage).map(([model, of]) => [
			model,
			[
				of.inputTokens ?? 0,
				of.outputTokens ?? 0,
				of.cacheReadInputTokens ?? 0,
				of.cacheCreationInputTokens ?? 0,
			],
		]),
	);
}
