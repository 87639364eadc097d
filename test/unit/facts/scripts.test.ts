import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
	bandsOf,
	SAME_PATTERN,
	signatureOf,
	similarity,
} from "../../../src/facts/scripts/minHash.ts";
import { factsOfCommand } from "../../support/facts/records.ts";

const PYTHON = [
	"import json, sys",
	"# what it is about",
	"data = json.load(open('a.json'))",
	"for row in data['rows']:",
	"    total = row['x'] + 12",
	"    if total > 100:",
	"        print(row['name'], total, file=sys.stderr)",
	"with open('out.txt', 'w') as out:",
	"    out.write(str(len(data)))",
].join("\n");

async function scriptsOf(command: string) {
	return (await factsOfCommand(command)).scripts;
}
const heredoc = (body: string, program = "python3 -") => `${program} <<'EOF'\n${body}\nEOF`;

describe("Scripts within a command", () => {
	it("are heredocs and inline scripts, but not data and prose", async () => {
		const kinds = async (line: string) => (await scriptsOf(line)).map(({ kind }) => kind);
		assert.deepEqual(await kinds("python3 -c 'import os; print(os.getcwd())'"), ["inline"]);
		assert.deepEqual(await kinds("node -e 'console.log(1 + 2)'"), ["inline"]);
		assert.deepEqual(await kinds("uv run python -c 'import os'"), ["inline"]);
		assert.deepEqual(await kinds(heredoc(PYTHON)), ["heredoc"]);
		assert.deepEqual(await kinds(`cat <<'EOF' | python3\n${PYTHON}\nEOF`), ["heredoc"]);
		assert.deepEqual(await kinds(heredoc(PYTHON, "ssh host python3 -")), ["heredoc"]);
		assert.deepEqual(await kinds(heredoc("cd x\nmake", "ssh host bash -s")), ["heredoc"]);
		assert.deepEqual(await kinds(`cat > a.py <<'EOF'\n${PYTHON}\nEOF`), ["heredoc"]);
		assert.deepEqual(await kinds("psql <<SQL\nselect 1;\nSQL"), ["heredoc"]);
		assert.deepEqual(await kinds("bash -c 'cd x; make'"), ["inline"]);
		for (const line of ["cat > a.md <<EOF\nHello\nEOF", "python3 x.py -c y", "bash -c ls", "ls"]) {
			assert.deepEqual(await kinds(line), [], line);
		}
		assert.deepEqual(await kinds("git commit -m \"$(cat <<'EOF'\nFix it\nEOF\n)\""), []);
	});

	it("are the same whatever their literals, names, comments and white space", async () => {
		const other = PYTHON.replaceAll("data", "content")
			.replaceAll("row", "item_1")
			.replaceAll("total", "t")
			.replace("12", "7.5")
			.replace("'a.json'", '"b/c.json"')
			.replace("# what it is about\n", "\n\n");
		const [[a], [b]] = [await scriptsOf(heredoc(PYTHON)), await scriptsOf(heredoc(other))];
		assert.equal(a?.bodyHash, b?.bodyHash);
		assert.deepEqual(a?.signature, b?.signature);
		const js = (x: string, y: string) =>
			`node -e "const ${x} = require('fs'); ${x}.readFileSync('${y}')"`;
		assert.equal(
			(await scriptsOf(js("fs", "a")))[0]?.bodyHash,
			(await scriptsOf(js("files", "b")))[0]?.bodyHash,
		);
	});

	it("are near where little differs, and far where all does", async () => {
		const near = `${PYTHON}\nprint('done')`;
		const far =
			"import re\nwhile True:\n    try:\n        re.match('x', input())\n    except EOFError:\n        break";
		const [a, b, c] = await Promise.all(
			[PYTHON, near, far].map((body) => scriptsOf(heredoc(body))),
		);
		const [first, second, third] = [a?.[0], b?.[0], c?.[0]];
		assert.ok(first && second && third);
		assert.notEqual(first.bodyHash, second.bodyHash);
		assert.ok(similarity(first.signature, second.signature) >= SAME_PATTERN);
		assert.ok(similarity(first.signature, third.signature) < 0.4);
	});

	it("leave nothing of their text", async () => {
		const text = JSON.stringify(await factsOfCommand(heredoc("secret_name = 'hunter2'\nprint(3)")));
		assert.doesNotMatch(text, /secret_name|hunter2|print/);
	});
});

describe("MinHash", () => {
	it("estimates the share of what two texts have in common", () => {
		const words = fc.uniqueArray(fc.integer({ min: 0, max: 1e6 }), {
			minLength: 60,
			maxLength: 200,
		});
		fc.assert(
			fc.property(words, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
				const tokens = all.map(String);
				const kept = tokens.slice(0, Math.round(tokens.length * share));
				const exact = Math.max(0, kept.length - 2) / (tokens.length - 2);
				const estimate = similarity(signatureOf(tokens), signatureOf(kept));
				if (kept.length > 2)
					assert.ok(Math.abs(estimate - exact) < 0.22, `${estimate} for ${exact}`);
			}),
			{ seed: 7, numRuns: 300 },
		);
	});

	it("gives bands that similar texts share, and that SQLite holds exactly", () => {
		const tokens = Array.from({ length: 120 }, (_, index) => `t${index}`);
		const [a, b] = [signatureOf(tokens), signatureOf([...tokens.slice(0, 112), "x", "y"])];
		const bands = new Set(bandsOf(a));
		assert.ok(bandsOf(b).some((band) => bands.has(band)));
		assert.ok([...bands].every(Number.isSafeInteger));
	});
});
