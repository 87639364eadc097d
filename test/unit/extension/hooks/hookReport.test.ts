import assert from "node:assert/strict";
import { hookReport } from "../../../../src/extension/status/hookReport.ts";
import { FIRST_HOOKED } from "../../../../src/ingest/clients/hookedClients.ts";

const NOW = 1_800_000_000_000;

describe("hookReport", () => {
	it("tells what is installed where, when each script wrote, and what is wrong", () => {
		const text = hookReport(
			{
				settings: [
					{
						client: FIRST_HOOKED,
						scope: "user",
						file: "/home/you/.claude/settings.json",
						error: null,
						installed: 17,
						wanted: 17,
						versions: ["0.1.0-aaaaaaaa"],
						isOutdated: true,
						commands: [],
						missingScripts: 0,
						changedByHand: 0,
						isDisabled: null,
						isIgnored: false,
					},
				],
				health: {
					problems: [{ kind: "jq_missing", message: "Hooks write nothing: jq is missing." }],
					scripts: [
						{ script: "tool-use-event.sh", lastAt: NOW - 5000 },
						{ script: "skill-record.sh", lastAt: null },
					],
					lastAt: NOW - 5000,
				},
			},
			NOW,
		);
		for (const line of [
			"> `Hooks write nothing: jq is missing.`",
			"| Claude Code | user | `/home/you/.claude/settings.json` | `17 hooks, version 0.1.0-aaaaaaaa, not of this version` |",
			"| `tool-use-event.sh` | 5.0 s ago |",
			"| `skill-record.sh` | never |",
		]) {
			assert.ok(text.split("\n").includes(line), line);
		}
	});
});
