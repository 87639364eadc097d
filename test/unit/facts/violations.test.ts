import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { FactDeriver } from "../../../src/facts/factDeriver.ts";
import { HEREDOC_REINVENTION } from "../../../src/facts/rules/builtInRules.ts";
import { TAKEN_RULE_IDS } from "../../../src/facts/rules/checkRules.ts";
import { readWasm } from "../../support/facts/grammars.ts";
import { factsOf, factsOfCommand, use } from "../../support/facts/records.ts";

async function rulesBrokenBy(command: string): Promise<string[]> {
	const { violations } = await factsOfCommand(command);
	return violations.map(({ ruleId }) => ruleId);
}

interface Row {
	readonly rule: string;
	readonly command: string;
	readonly isBroken: boolean;
}

/** The tables of the rules' own page. */
function rowsOfDocs(): Row[] {
	const rows: Row[] = [];
	let rule = "";
	for (const line of readFileSync(inProject("docs", "rules.md"), "utf8").split("\n")) {
		rule = /^## (\S+)$/.exec(line)?.[1] ?? rule;
		const [, command, verdict] = /^\| `(.+)` \| (broken|kept) \|$/.exec(line) ?? [];
		if (command === undefined) continue;
		const text = command.replaceAll("\\|", "|").replaceAll("⏎", "\n");
		rows.push({ rule, command: text, isBroken: verdict === "broken" });
	}
	return rows;
}

describe("A command", () => {
	for (const { rule, command, isBroken } of rowsOfDocs()) {
		it(`${isBroken ? "breaks" : "keeps"} ${rule}: ${JSON.stringify(command)}`, async () => {
			const { violations, scripts } = await factsOfCommand(command);
			const broken = violations.map(({ ruleId }) => ruleId);
			if (rule === HEREDOC_REINVENTION) {
				assert.equal(
					scripts.some(({ kind }) => kind === "heredoc"),
					isBroken,
				);
			} else assert.deepEqual(broken, isBroken ? [rule] : []);
		});
	}

	it("breaks rules that all have a table with both", () => {
		for (const rule of TAKEN_RULE_IDS) {
			const own = rowsOfDocs().filter((row) => row.rule === rule);
			assert.deepEqual([...new Set(own.map(({ isBroken }) => isBroken))], [true, false], rule);
		}
	});

	it("breaks a rule by what only those who give it out call a secret", async () => {
		for (const secret of [`ghp_${"a1".repeat(18)}`, `AKIA${"Z".repeat(16)}`]) {
			assert.deepEqual(await rulesBrokenBy(`echo ${secret}`), ["secrets-in-command"]);
		}
	});

	it("is told by a rule's id and severity, and by nothing of its text", async () => {
		const { violations } = await factsOfCommand("PGPASSWORD=hunter22 psql; git push -f");
		assert.deepEqual(violations, [
			{ ruleId: "git-force-push", severity: "error" },
			{ ruleId: "secrets-in-command", severity: "error" },
		]);
	});
});

describe("A file that is written", () => {
	it("breaks the rules that are about its content", async () => {
		const write = (file_path: string) =>
			use("c1", {
				tool: "Write",
				input: { file_path, content: "import os\nfrom a import *\n" },
				fields: { file_path },
			});
		const ids = async (path: string) =>
			(await factsOf(write(path))).violations.map((v) => v.ruleId);
		assert.deepEqual(await ids("/x/a.py"), ["python-import-star"]);
		assert.deepEqual(await ids("/x/a.md"), []);
	});
});

describe("The user's rules", () => {
	it("hold for the tool that they name, or for every tool", async () => {
		const rules = [
			{ rule_id: "no-rm", severity: "error", tool: "Bash", pattern: "^rm\\b" },
			{ rule_id: "no-tmp", tool: "*", pattern: "/tmp/" },
		];
		const { violations } = await factsOfCommand("rm /tmp/x", rules);
		assert.deepEqual(violations, [
			{ ruleId: "no-rm", severity: "error" },
			{ ruleId: "no-tmp", severity: "warning" },
		]);
		const read = use("c1", { tool: "Read", input: { file_path: "/tmp/rm" } });
		const { violations: ofRead } = await factsOf(read, rules);
		assert.deepEqual(
			ofRead.map(({ ruleId }) => ruleId),
			["no-tmp"],
		);
	});

	it("are told of where they cannot be used, and leave the others", async () => {
		const userRules = [
			null,
			{ rule_id: "a b", pattern: "x" },
			{ rule_id: "git-force-push", pattern: "x" },
			{ rule_id: "a", pattern: "(" },
			{ rule_id: "b", pattern: "x", severity: "fatal" },
			{ rule_id: "c", pattern: "x", tool: 1 },
			{ rule_id: "ok", pattern: "x" },
		];
		const deriver = new FactDeriver({ readWasm, userRules });
		assert.deepEqual(
			deriver.ruleProblems.map(({ index, reason }) => [index, reason]),
			[
				[0, "not_an_object"],
				[1, "bad_id"],
				[2, "double"],
				[3, "bad_pattern"],
				[4, "bad_severity"],
				[5, "bad_tool"],
			],
		);
		const { violations } = await factsOfCommand("x", userRules);
		assert.deepEqual(
			violations.map(({ ruleId }) => ruleId),
			["ok"],
		);
		assert.equal(new FactDeriver({ readWasm, userRules: "x" }).ruleProblems.length, 0);
	});

	it("are not tried again once a pattern has taken beyond all reason", async () => {
		const userRules = [
			{ rule_id: "slow", pattern: "^(a+)+$" },
			{ rule_id: "b", pattern: "b$" },
		];
		const deriver = new FactDeriver({ readWasm, userRules });
		const record = use("c1", { input: { command: `${"a".repeat(60)}b` } });
		await deriver.prepare([record]);
		assert.deepEqual(
			deriver.derive(record).violations.map(({ ruleId }) => ruleId),
			["b"],
		);
		assert.deepEqual(deriver.slowRules, ["slow"]);
		deriver.derive(record);
		assert.deepEqual(deriver.slowRules, ["slow"]);
	});
});
