import type { TurnBlock } from "./apis/api.ts";
import { ENDLESS_COMMAND } from "./endlessCommand.ts";
import { LAUNCHED_AGENT, type Script, type Turn } from "./scriptedModel.ts";

function text(value: string): TurnBlock {
	return { type: "text", text: value };
}

function call(name: string, input: Readonly<Record<string, unknown>>): TurnBlock {
	return { type: "tool_use", name, input };
}

function shell(command: string): TurnBlock {
	return call("Bash", { command, description: "a step" });
}

function agent(
	task: string,
	type: string,
	more: Readonly<Record<string, unknown>> = {},
): TurnBlock {
	const prompt = `TASK:${task} please`;
	return call("Agent", { description: task, prompt, subagent_type: type, ...more });
}

function claim(shipped: string, stubs: number): Turn {
	return [text(`So far.\n=== STATUS-TRUTH MARKER ===\nshipped: ${shipped}\nstubs: ${stubs}`)];
}

/**
 * Two background agents at once, then a foreground agent that launches one of its own, a failing
 * command of the orchestrator and one of an agent, a skill-less end without a claim.
 */
export const family: Script = {
	main: [
		[agent("left", "general-purpose"), agent("right", "Explore"), shell("ls /nonexistent")],
		[agent("outer", "general-purpose", { run_in_background: false })],
		[call("Write", { file_path: "note.txt", content: "one\ntwo\n" })],
	],
	left: [[shell("echo left"), shell("cat missing.txt")], claim("functional", 0)],
	right: [[shell("TOKEN='a secret' sleep 0.2")], claim("scaffolding", 3)],
	outer: [
		[agent("inner", "general-purpose", { run_in_background: false })],
		[shell("echo outer")],
		claim("partial", 2),
	],
	inner: [[shell("exit 3")], [shell("echo inner")]],
};

/** One call, and no more. */
export const plain: Script = { main: [[call("Write", { file_path: "note.txt", content: "x" })]] };

/**
 * A background agent that is stopped in the middle of a call, told to go on, and ends by itself;
 * beside it a shell in the background, whose end is reported like an agent's.
 *
 * @param pause what the orchestrator does between stopping the agent and telling it to go on; the
 * client has the time to report the stop then, which it does beside the result of a call
 */
export function resumed(pause: readonly Turn[] = []): Script {
	return {
		main: [
			[call("Bash", { command: "sleep 0.2", description: "aside", run_in_background: true })],
			[agent("long", "Explore"), shell("sleep 1")],
			[call("TaskStop", { task_id: LAUNCHED_AGENT })],
			...pause,
			[call("SendMessage", { to: LAUNCHED_AGENT, summary: "go on", message: "go on" })],
			[shell("sleep 1")],
		],
		long: [[shell(ENDLESS_COMMAND)], claim("partial", 1)],
	};
}

/** A moment for what the client has to say. */
export const pause: readonly Turn[] = [[shell("sleep 1")]];

/**
 * Everything that telemetry tells apart: agents of one type and description side by side, two levels
 * of nesting, a failing and a denied call, an edit, a test run and a heredoc.
 */
export const everything: Script = {
	main: [
		[
			agent("twin", "Explore", { prompt: "TASK:twin-a please" }),
			agent("twin", "Explore", { prompt: "TASK:twin-b please" }),
			agent("outer", "general-purpose", { run_in_background: false }),
		],
		[
			call("Write", {
				file_path: "test_sum.py",
				content: "def test_sum():\n    assert 1 + 1 == 2\n",
			}),
		],
		[
			call("Edit", {
				file_path: "test_sum.py",
				old_string: "1 + 1 == 2",
				new_string: "2 + 2 == 4",
			}),
		],
		[shell("python3 -m unittest -v test_sum 2>&1; exit 1"), shell("sleep 0.3")],
		[call("WebFetch", { url: "http://127.0.0.1:9/", prompt: "read" })],
		[shell("cat <<'END' | python3\nprint(6 * 7)\nEND")],
	],
	"twin-a": [[shell("echo a; exit 4")], claim("functional", 0)],
	"twin-b": [[shell("echo b"), call("Read", { file_path: "missing.txt" })], claim("fail", 7)],
	outer: [
		[agent("inner", "general-purpose", { run_in_background: false, model: "opus" })],
		[shell("echo outer")],
		claim("partial", 2),
	],
	inner: [
		[agent("leaf", "Explore", { run_in_background: false, model: "haiku" })],
		[shell("exit 3")],
	],
	leaf: [[shell("echo leaf")], claim("scaffolding", 1)],
};

const OUTCOMES = ["functional", "partial", "scaffolding", "fail"] as const;

/** Eight agents of one type at once, each with five calls of which one fails, and an outcome. */
export const eight: Script = {
	main: [Array.from({ length: 8 }, (_, index) => agent(`worker-${index}`, "general-purpose"))],
	...Object.fromEntries(
		Array.from({ length: 8 }, (_, index) => [`worker-${index}`, worker(index)] as const),
	),
};

function worker(index: number): readonly Turn[] {
	const file = `file-${index}.txt`;
	return [
		[shell(`echo ${index}`), shell(`sleep 0.${index}`)],
		[call("Write", { file_path: file, content: "one\n" })],
		[shell(`exit ${index + 1}`)],
		[call("Read", { file_path: file })],
		claim(OUTCOMES[index % OUTCOMES.length] ?? "fail", index),
	];
}
