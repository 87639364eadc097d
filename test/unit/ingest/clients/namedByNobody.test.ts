import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { inProject } from "../../../../scripts/paths.ts";
import { CLIENT_IDENTITIES } from "../../../../src/ingest/clients/clientIdentities.ts";
import { HOOKED_CLIENTS } from "../../../../src/ingest/clients/hookedClients.ts";

/** Who may name a client or its folder, and why. */
const MAY_NAME: ReadonlyMap<string, string> = new Map([
	["src/ingest/clients/clients.ts", "the table of readers"],
	["src/ingest/clients/hookedClients.ts", "the table of hooks"],
	["src/live/demo/demoUsage.ts", "the demo plays a session of Claude Code"],
	["src/sequences/texts/skillText.ts", "skills are written for Claude Code"],
	["src/telemetry/insights/insightsReader.ts", "its skills and commands are counted"],
]);

describe("A client's name and folder", () => {
	it("stand in no source outside its own folder but in the tables", () => {
		// pi's name is too short to be told from other texts.
		const names = CLIENT_IDENTITIES.map(({ name }) => name).filter((name) => name !== "pi");
		const folders = HOOKED_CLIENTS.map(({ hooks }) => hooks.home.folder.slice(1));
		const named = new RegExp(
			`(["'\`])(?:${names.join("|")})\\1|["'\`/]\\.(?:${folders.join("|")})\\b`,
		);
		const own = new RegExp(`^src/ingest/(?:${[...names, "pi"].join("|")})/`);
		const found = globSync("src/**/*.ts", { cwd: inProject() })
			.map((file) => file.replace(/\\/g, "/"))
			.filter((file) => !own.test(file))
			.filter((file) => named.test(withoutComments(readFileSync(inProject(file), "utf8"))));
		assert.deepEqual(found.sort(), [...MAY_NAME.keys()].sort());
	});
});

function withoutComments(source: string): string {
	return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
