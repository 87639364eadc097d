import assert from "node:assert/strict";
import { cpus } from "node:os";
import { CANARY, type CanaryPayload, canaryPayloads } from "../support/hooks/canaries.ts";
import { HookLab, shells } from "../support/hooks/hookLab.ts";
import { readRegistration, scriptsFor } from "../support/hooks/registration.ts";

const PAYLOADS = 5000;

/** The fields of an event that hold text, and the fields of a payload that it may come from. */
const TEXTS: Readonly<Record<string, RegExp>> = {
	ts: /^$/,
	client: /^$/,
	event: /^$/,
	session_id: /^session_id$/,
	agent_id: /^agent_id$/,
	cwd: /^cwd$/,
	transcript_path: /^transcript_path$/,
	id: /^(tool_use_id|tool_call_id)$/,
	parent_id: /^agent_id$/,
	child_id: /^(tool_response(\.agentId|\.returnDisplay\.subagentName)?|tool_call_id)$/,
	source: /^$/,
	reason: /^$/,
	trigger: /^$/,
	notification_type: /^$/,
	status: /^$/,
	branch: /^$/,
	outcome: /^$/,
	error_class: /^$/,
	tier: /^$/,
	program: /^$/,
	model: /^(model|tool_input\.model|tool_response\.resolvedModel)$/,
	agent_type: /^agent_type$/,
	subagent_type: /^tool_input\.(subagent_type|agent_type)$/,
	description: /^tool_input\.(description|task_name)$/,
	prompt_preview: /^tool_input\.prompt$/,
	tool: /^tool_name$/,
	raw_tool: /^tool_name$/,
	mcp_server: /^tool_name$/,
	file_path: /^(tool_input\.(file_path|notebook_path)|cwd)$/,
	skill: /^tool_input\.skill$/,
	value: /^last_assistant_message$/,
	pointer: /^$/,
};
/** Texts of several words; all others are one. */
const OF_WORDS =
	/^(cwd|transcript_path|model|.*agent_type|description|prompt_preview|file_path|value|pointer)$/;
const FLAGS = /^(background|success|interrupted)$/;
const COUNTS = /^(v|stubs|duration_ms|tool_use_count|tokens|lines_added|lines_removed|running)$/;
const OR_NULL = /^(parent_id|outcome|stubs)$/;

describe("A hook", () => {
	it(`writes ${PAYLOADS} payloads full of secrets without one of them`, async function () {
		this.timeout(50 * 60_000);
		const payloads = canaryPayloads(PAYLOADS);
		const used = shells.filter(({ args }) => args[0] !== "--posix");
		const labs = used.map((shell) => new HookLab(shell));
		try {
			await runAll(payloads, labs);
			const lines = labs.flatMap((lab) => lab.lines());
			assert.ok(lines.length > PAYLOADS / 3, `only ${lines.length} lines`);
			const places = new Map(payloads.flatMap((each) => [...each.places]));
			for (const line of lines) assertKept(line, places);
		} finally {
			for (const lab of labs) lab.dispose();
		}
	});
});

/** Each payload under one shell, by turns, with as many at a time as there are processors. */
async function runAll(payloads: readonly CanaryPayload[], labs: readonly HookLab[]): Promise<void> {
	const clients = new Set(payloads.map(({ client }) => client));
	const registrations = new Map([...clients].map((each) => [each, readRegistration(each)]));
	const rest = payloads.entries();
	const work = async () => {
		for (const [index, { client, payload }] of rest) {
			for (const script of scriptsFor(registrations.get(client) ?? {}, payload)) {
				await labs[index % labs.length]?.run(script, payload, {}, client);
			}
		}
	};
	await Promise.all(cpus().map(work));
}

function assertKept(line: string, places: ReadonlyMap<string, string>): void {
	for (const [field, value] of Object.entries(JSON.parse(line))) {
		if (value === null && OR_NULL.test(field)) continue;
		if (FLAGS.test(field)) assert.equal(typeof value, "boolean", line);
		else if (COUNTS.test(field)) assertCount(value, line);
		else if (field === "tool_stats") {
			for (const [name, count] of Object.entries(value as object)) {
				assert.match(name, /^[a-zA-Z]+$/);
				assertCount(count, line);
			}
		} else assertText(field, value, places, line);
	}
}

function assertCount(value: unknown, line: string): void {
	assert.ok(typeof value === "number" && value >= 0 && value < 1e15, line);
}

function assertText(
	field: string,
	value: unknown,
	places: ReadonlyMap<string, string>,
	line: string,
): void {
	const from = TEXTS[field];
	assert.ok(from !== undefined && typeof value === "string", `${field} in ${line}`);
	for (const [canary] of value.matchAll(CANARY)) {
		assert.match(places.get(canary) ?? "no field", from, `${field} in ${line}`);
	}
	if (!OF_WORDS.test(field)) assert.doesNotMatch(value, /\s/, `${field} in ${line}`);
}
