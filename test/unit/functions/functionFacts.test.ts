import assert from "node:assert/strict";
import { NO_FACTS } from "../../../src/facts/callFacts.ts";
import { FactDeriver } from "../../../src/facts/factDeriver.ts";
import { FunctionFacts } from "../../../src/functions/functionFacts.ts";
import { KnownFunctions } from "../../../src/functions/knownFunctions.ts";
import { Repositories } from "../../../src/functions/repositories.ts";
import type { TranscriptRecord } from "../../../src/model/events/record.ts";
import { readWasm } from "../../support/facts/grammars.ts";
import { result, use } from "../../support/facts/records.ts";
import { sourceParser } from "../../support/functions/parse.ts";

const CWD = "/nowhere/project";
const ORIGINAL = "def f():\n    return 1\n\ndef g():\n    return 2\n";
const HUNK = {
	oldStart: 1,
	oldLines: 2,
	newStart: 1,
	newLines: 3,
	lines: [" def f():", "-    return 1", "+    x = 1", "+    return x"],
};

describe("facts of functions", () => {
	it("put an edit down to the function that it changed, by the answer's own text", async () => {
		const answer = { originalFile: ORIGINAL, structuredPatch: [HUNK] };
		const { functionId, writes } = await factsOf(edit({ answer }));
		assert.equal(functionId, "a.py#f");
		const [write] = writes;
		assert.deepEqual([write?.linesAdded, write?.linesRemoved, write?.lines], [2, 1, [1, 3]]);
		assert.equal(write?.filePath, `${CWD}/a.py`);
	});

	it("put a new file down to all of its functions", async () => {
		const answer = { type: "create", content: ORIGINAL, originalFile: null, structuredPatch: [] };
		const { writes } = await factsOf(edit({ answer, tool: "Write" }));
		assert.deepEqual(
			writes.map((write) => [write.functionId, write.linesAdded]),
			[
				["a.py#f", 2],
				["a.py#g", 2],
			],
		);
	});

	it("read the file where the answer does not hold it, while the change can be seen", async () => {
		const answer = { originalFile: null, structuredPatch: [HUNK] };
		const now = ORIGINAL.replace("return 1", "x = 1\n    return x");
		assert.equal((await factsOf(edit({ answer }), { disk: now })).functionId, "a.py#f");
		assert.deepEqual((await factsOf(edit({ answer }), { disk: ORIGINAL })).writes, []);
		assert.deepEqual((await factsOf(edit({ answer }), { disk: null })).writes, []);
	});

	it("put nothing down to functions of a call that failed, or of what is no source", async () => {
		const answer = { originalFile: ORIGINAL, structuredPatch: [HUNK] };
		for (const record of [
			edit({ answer, success: false }),
			edit({ answer, file: "notes.md" }),
			edit({ answer: { structuredPatch: "none" } }),
			edit({ answer: null }),
		]) {
			assert.deepEqual((await factsOf(record)).writes, []);
		}
	});

	it("resolve a command that names a registered function by name or id", async () => {
		for (const command of [
			"cd /x && resize_image a.png",
			"python3 - <<'E'\nfrom img import resize_image\nresize_image('a')\nE",
			"run img/resize",
		]) {
			assert.equal((await factsOf(use("b", { input: { command } }))).functionId, "img/resize");
		}
		const other = await factsOf(use("b", { input: { command: "git status resize" } }));
		assert.equal(other.functionId, "bash:git status");
	});

	it("resolve a call of a server's tool by the tool's name or a whole argument", async () => {
		const named = use("m", { tool: "mcp__img__resize_image", input: {} });
		const asked = use("m", { tool: "mcp__reg__run", input: { function: ["img/resize"] } });
		const other = use("m", { tool: "mcp__reg__run", input: { text: "about resize_image" } });
		assert.equal((await factsOf(named)).functionId, "img/resize");
		assert.equal((await factsOf(asked)).functionId, "img/resize");
		assert.equal((await factsOf(other)).functionId, null);
	});

	it("resolve an edit of a registered file, beside the functions within", async () => {
		const answer = { originalFile: ORIGINAL, structuredPatch: [HUNK] };
		const facts = await factsOf(edit({ answer, file: "img/resize.py" }));
		assert.equal(facts.functionId, "img/resize");
		assert.equal(facts.writes[0]?.functionId, "img/resize.py#f");
	});

	it("are none where nothing was told of the call", async () => {
		const { event } = use("b", {});
		assert.equal(await factsOf({ event, call: null }), NO_FACTS);
	});
});

function edit(of: { answer: unknown; tool?: string; success?: boolean; file?: string }) {
	const { answer, tool = "Edit", success = true, file = "a.py" } = of;
	const fields = { cwd: CWD, file_path: file };
	return result("e", { tool, input: { file_path: file }, answer, success, fields });
}

async function factsOf(record: TranscriptRecord, { disk = null }: { disk?: string | null } = {}) {
	const known = new KnownFunctions();
	const filePath = `${CWD}/img/resize.py`;
	known.replace([{ id: "img/resize", name: "resize_image", filePath }], "registry");
	const inner = new FactDeriver({ readWasm });
	const facts = new FunctionFacts({
		inner,
		parser: sourceParser,
		known,
		repositories: new Repositories(),
		readSource: () => Promise.resolve(disk),
	});
	await facts.prepare([record]);
	const derived = facts.derive(record);
	inner.dispose();
	return derived;
}
