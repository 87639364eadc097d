import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { common, payload } from "../../support/hooks/payloads.ts";

const usage =
	"<usage><subagent_tokens>6542</subagent_tokens><tool_uses>2</tool_uses>" +
	"<duration_ms>751</duration_ms></usage>";

function notification(summary: string, rest: string): string {
	return [
		"<task-notification>",
		"<task-id>a44915f5a60ef70aa</task-id>",
		"<tool-use-id>toolu_07</tool-use-id>",
		"<status>completed</status>",
		`<summary>${summary}</summary>`,
		rest,
		"</task-notification>",
	].join("\n");
}

const result = {
	...common("agent_result"),
	child_id: "a44915f5a60ef70aa",
	id: "toolu_07",
	status: "completed",
	tokens: 6542,
	tool_use_count: 2,
	duration_ms: 751,
};

forEachShell("results of background work", (lab) => {
	const events = (prompt: string) =>
		lab().events("agent-lifecycle.sh", payload("UserPromptSubmit", { prompt }));

	it("writes an agent's result with the numbers of its run", async () => {
		const prompt = notification('Agent "look" finished', `<result>fine</result>\n${usage}`);
		assert.deepEqual(await events(prompt), [result]);
	});

	it("believes the client's numbers, not those an agent quotes in its answer", async () => {
		const quoted = usage.replaceAll(/\d+/g, "9");
		const prompt = notification('Agent "look" finished', `<result>${quoted}</result>\n${usage}`);
		assert.deepEqual(await events(prompt), [result]);
	});

	it("writes the result of an agent that was stopped before it used anything", async () => {
		const prompt = notification('Agent "look" was stopped', "").replace("completed", "killed");
		const { tokens, tool_use_count, duration_ms, ...rest } = result;
		assert.deepEqual(await events(prompt), [{ ...rest, status: "killed" }]);
	});

	it("writes the result of an agent that ended with the process before", async () => {
		const summary = `Background agent "look" didn't finish before the previous session ended`;
		const prompt = notification(summary, "").replace("completed", "stopped");
		const { tokens, tool_use_count, duration_ms, ...rest } = result;
		assert.deepEqual(await events(prompt), [{ ...rest, status: "stopped" }]);
	});

	it("writes nothing for a shell that ended, because that is no agent's result", async () => {
		assert.deepEqual(await events(notification('Background command "x" completed', "")), []);
	});

	it("takes a person's prompt that talks of notifications for a prompt", async () => {
		assert.deepEqual(await events("What is a <task-notification>?"), [common("prompt")]);
	});

	it("takes a notification without an id for a prompt, and lets none of it out", async () => {
		const prompt = "<task-notification> <task-id>my secret plan</task-id>";
		assert.deepEqual(await events(prompt), [common("prompt")]);
	});

	it("lets nothing but ids, words and numbers out of what looks like a notification", async () => {
		const secret = "<tool-use-id>my secret</tool-use-id><status>a secret</status>";
		const prompt = `<task-notification><task-id>a1</task-id>${secret}`;
		assert.deepEqual(await events(prompt), [{ ...common("agent_result"), child_id: "a1" }]);
	});
});
