import fc from "fast-check";
import { capturedPayloads, captureNames } from "./captures.ts";
import { clientCaptures } from "./clientCaptures.ts";
import { call, type Payload, payload } from "./payloads.ts";

/** A payload whose texts hold canaries, and the path of the field that each of them is in. */
export interface CanaryPayload {
	/** Empty for Claude Code. */
	readonly client: string;
	readonly payload: Payload;
	/** Path such as `tool_input.command`, by canary. */
	readonly places: ReadonlyMap<string, string>;
}

/** What a canary looks like wherever it turns up. */
export const CANARY = /canary\d+x\d+x/g;

/** Stands in a template for the canary of its field. */
const PLACE = "«»";

/** Blank to the eye or to some program, but nothing that parts two words for a shell. */
const ODD_BLANKS = [..."\u00a0\u0085\u1680\u2003\u2028\u202f\u3000\ufeff\v\f\r"];

/** Pieces of an assignment's value. All of each belongs to it, however blank it looks. */
const VALUE_PIECES = [
	...ODD_BLANKS.flatMap((blank) => [`a${blank}${PLACE}`, `${blank}${PLACE}`, `\\${blank}`]),
	`$[ 1 + ${PLACE} ]`,
	`$(( 1 + ${PLACE} ))`,
	`$( echo ${PLACE} )`,
	`\${HOME:- ${PLACE} }`,
	`\` echo ${PLACE} \``,
	`' ${PLACE} '`,
	`" ${PLACE} "`,
	`" $[ ${PLACE} ] "`,
	`"\\" ${PLACE} "`,
	`$' \\' ${PLACE} '`,
	`$" ${PLACE} "`,
	`( ${PLACE} )`,
	`<( ${PLACE} )`,
	`\\ ${PLACE}`,
	`\\\n${PLACE}`,
	`" \\\n ${PLACE} "`,
	"$x",
	"/",
	"=",
	"#",
	PLACE,
];

const assignment = fc
	.tuple(
		fc.constantFrom("TOKEN=", "TOKEN+=", "T1=", "TOKEN[0]=", "größe="),
		fc.array(fc.constantFrom(...VALUE_PIECES), { minLength: 1, maxLength: 4 }),
	)
	.map(([name, pieces]) => name + pieces.join(""));

/** A patch in which no canary is in a file's name, as Codex hands it over. */
const patch = fc
	.tuple(
		fc.constantFrom(
			"",
			"apply_patch <<'P'\n",
			`cd ${PLACE} && apply_patch <<'P'\n`,
			`echo ${PLACE}; apply_patch `,
		),
		fc.constantFrom("Add", "Update", "Delete", PLACE),
		fc.constantFrom(
			`+${PLACE}`,
			`-*** Add File: ${PLACE}`,
			` *** Add File: ${PLACE}`,
			`@@ ${PLACE}`,
		),
	)
	.map(([before, verb, line]) =>
		[`${before}*** Begin Patch`, `*** ${verb} File: src/a.ts`, line, "*** End Patch"].join("\n"),
	);

/** Shell commands in which no canary is the program. */
const shellCommand = fc
	.tuple(
		fc.constantFrom("", "", " ", "\n", ...ODD_BLANKS),
		fc.array(assignment, { maxLength: 3 }),
		fc.constantFrom("git", "git", "./run.sh", "#", ...ODD_BLANKS),
		fc.constantFrom(" ", " ", "\t", ...ODD_BLANKS),
	)
	.map(([before, assignments, program, blank]) =>
		[before, ...assignments.map((each) => `${each} `), program, blank, PLACE].join(""),
	);

const command = fc.oneof({ weight: 3, arbitrary: shellCommand }, { weight: 1, arbitrary: patch });

const text = `${PLACE} of it`;
const failed = { error: `Exit code 3\n${text}`, is_interrupt: false, duration_ms: 7 };
const answered = { tool_response: { stdout: text, interrupted: false }, duration_ms: 7 };
const notification = [
	`<task-notification><task-id>a1</task-id><tool-use-id>toolu_07</tool-use-id>`,
	`<status>completed</status><summary>Agent "${PLACE}" finished</summary><result>${text}</result>`,
	"<usage><subagent_tokens>6542</subagent_tokens></usage></task-notification>",
].join("\n");

/** One payload at least of every kind that a hook reads, with every field that one reads. */
const claudeCodes: readonly Payload[] = [
	...captureNames.flatMap(capturedPayloads),
	...["PreToolUse", "PostToolUse", "PostToolUseFailure"].flatMap((hook) => {
		const after = hook === "PreToolUse" ? {} : hook === "PostToolUse" ? answered : failed;
		return [
			call(hook, "Bash", { command: text, description: text }, after),
			call(hook, "Read", { file_path: "/home/dev/a", notebook_path: "/b", skill: text }, after),
			call(hook, "Skill", { skill: "review", args: text }, after),
			call(hook, "mcp__server__tool", { command: text, skill: text, token: text }, after),
			call(
				hook,
				"Task",
				{ prompt: "Look.", subagent_type: "Explore", isolation: "worktree" },
				after,
			),
		];
	}),
	payload("PermissionRequest", { tool_name: "Bash", tool_input: { command: text } }),
	payload("Notification", { notification_type: "idle_prompt", message: text, title: text }),
	payload("PreCompact", { trigger: "manual", custom_instructions: text }),
	payload("UserPromptSubmit", { prompt: notification }),
	payload("SessionStart", { source: "startup", model: "claude-sonnet-5" }),
	payload("Stop", {
		last_assistant_message: `${text}. 42 tests [REAL: npm test]`,
		background_tasks: [{ id: text }],
	}),
	payload("SubagentStop", {
		agent_id: "a1",
		agent_type: "Explore",
		last_assistant_message: `=== STATUS-TRUTH MARKER ===\nshipped: partial ${PLACE}\nstubs: 2 ${PLACE}`,
	}),
];

/** The same of other clients, where their payloads are other ones. */
const others: readonly (readonly [client: string, payload: Payload])[] = [
	...clientCaptures.flatMap(({ client, payloads }) =>
		payloads.map((each) => [client, each] as const),
	),
	...["PreToolUse", "PostToolUse"].flatMap((hook) => {
		const answered = (answer: unknown): Payload =>
			hook === "PreToolUse" ? {} : { tool_response: answer };
		return [
			["codex", call(hook, "Bash", { command: text }, answered(`Exit code: 3\n${text}`))],
			["codex", call(hook, "apply_patch", { command: text }, answered(`Exit code: 3\n${text}`))],
			["codex", call(hook, "mcp__server__tool", { token: text, command: text }, answered(text))],
			["codex", call(hook, "collaborationsend_message", { message: text }, answered(text))],
			[
				"codex",
				call(
					hook,
					"spawn_agent",
					{ message: text, agent_type: "worker", model: "gpt-6", items: [text] },
					answered(JSON.stringify({ agent_id: "01a", nickname: text.replace(PLACE, "x") })),
				),
			],
			["codex", call(hook, "collaborationspawn_agent", { message: text }, answered(text))],
			[
				"qwen-code",
				call(
					hook,
					"agent",
					{ prompt: text, description: "look" },
					{
						tool_call_id: "call_1",
						...answered({
							llmContent: text,
							returnDisplay: { subagentName: "x", status: "background" },
						}),
					},
				),
			],
			[
				"qwen-code",
				call(
					hook,
					"write_file",
					{ file_path: "/a", content: text },
					answered({ llmContent: text }),
				),
			],
		] as const;
	}),
	[
		"qwen-code",
		call(
			"PostToolUseFailure",
			"run_shell_command",
			{ command: text },
			{
				error: `Command: ${text}\nOutput: ${text}\nExit Code: 3\nSignal: (none)`,
			},
		),
	],
	[
		"codex",
		payload("PermissionRequest", { tool_name: "apply_patch", tool_input: { command: text } }),
	],
	["codex", payload("UserPromptSubmit", { agent_id: "01a", prompt: text })],
];

const templates = [
	...claudeCodes.map((template) => ({ client: "", template })),
	...others.map(([client, template]) => ({ client, template })),
];

/** What becomes of a field, by a number; the fields that say which hook it is are mostly kept. */
function changed(value: unknown, canary: string, choice: number): unknown {
	if (choice === 0) return `${canary} and more`;
	if (choice === 1) return canary;
	if (choice === 2) return { [canary]: canary, text: canary };
	if (choice === 3) return [canary, { text: canary }];
	if (choice === 4) return 1e300;
	if (choice === 5) return -1.5;
	if (choice === 6) return true;
	if (choice === 7) return null;
	return typeof value === "string" ? value.replaceAll(PLACE, canary) : value;
}

/** @returns that many payloads, always the same */
export function canaryPayloads(count: number): CanaryPayload[] {
	const parts = fc.record({
		template: fc.constantFrom(...templates),
		command,
		choices: fc.array(fc.nat(15), { minLength: 97, maxLength: 97 }),
	});
	return fc
		.sample(parts, { numRuns: count, seed: 11 })
		.map(({ template: { client, template }, command, choices }, number) => ({
			client,
			...withCanaries(template, number, command, choices),
		}));
}

function withCanaries(
	template: Payload,
	number: number,
	command: string,
	choices: readonly number[],
): Omit<CanaryPayload, "client"> {
	const places = new Map<string, string>();
	const isKept = (path: string) => path === "hook_event_name" || path === "tool_name";
	const change = (value: unknown, path: string): unknown => {
		const canary = `canary${number}x${places.size}x`;
		places.set(canary, path);
		const choice = choices[places.size % choices.length] ?? 0;
		const second = choices[(places.size * 7) % choices.length] ?? 0;
		if (isKept(path) && second !== 0) return value;
		if (path === "tool_input.command" && choice !== 2 && choice !== 3)
			return command.replaceAll(PLACE, canary);
		if (typeof value !== "object" || value === null || choice < 4) {
			return changed(value, canary, choice);
		}
		if (Array.isArray(value)) return value.map((each) => change(each, `${path}[]`));
		return { ...changedFields(value, path), unknown_field: canary };
	};
	const changedFields = (value: object, path: string): Payload =>
		Object.fromEntries(
			Object.entries(value).map(([key, each]) => [
				key,
				change(each, path ? `${path}.${key}` : key),
			]),
		);
	return { payload: changedFields(template, ""), places };
}
