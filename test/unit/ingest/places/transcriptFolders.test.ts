import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { CLIENT_IDENTITIES } from "../../../../src/ingest/clients/clientIdentities.ts";
import { otherTranscriptFolders } from "../../../../src/ingest/places/otherFolders.ts";
import { resolveTranscriptFolders } from "../../../../src/ingest/places/transcriptFolders.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

describe("resolveTranscriptFolders", () => {
	const resolve = (extra: string[], env: Record<string, string> = {}) =>
		resolveTranscriptFolders({
			extra,
			env,
			home: "/home/dev",
			isRead: (client) => client === "claude-code",
		});

	it("takes those of all clients that are read", () => {
		const own = CLIENT_IDENTITIES.flatMap(({ folders }) => folders({}, "/home/dev"));
		assert.deepEqual(resolveTranscriptFolders({ extra: [], env: {}, home: "/home/dev" }), own);
		assert.equal(new Set(own).size, own.length);
	});

	it("takes the folder where each client keeps its own", () => {
		assert.deepEqual(resolve([]), ["/home/dev/.claude/projects"]);
		assert.deepEqual(resolve([], { CLAUDE_CONFIG_DIR: "/cfg" }), ["/cfg/projects"]);
		assert.deepEqual(resolve([], { CLAUDE_CONFIG_DIR: "~/cfg" }), ["/home/dev/cfg/projects"]);
	});

	it("takes several configuration folders, with commas between", () => {
		assert.deepEqual(resolve([], { CLAUDE_CONFIG_DIR: "/cfg, ~/work,," }), [
			"/cfg/projects",
			"/home/dev/work/projects",
		]);
	});

	it("adds those of the setting, each once", () => {
		assert.deepEqual(resolve([" ~/more ", "", "other", "/home/dev/.claude/projects"]), [
			"/home/dev/.claude/projects",
			"/home/dev/more",
			"/home/dev/other",
		]);
	});
});

describe("otherTranscriptFolders", () => {
	const folder = useTempFolder();
	const make = (name: string) => mkdirSync(folder.file(name), { recursive: true });
	const found = (read: string[] = [".claude/projects"], env: Record<string, string> = {}) =>
		otherTranscriptFolders({ env, home: folder.path, read: read.map(folder.file) }).map((each) =>
			path.relative(folder.path, each),
		);

	it("are those of further configuration folders, each once", () => {
		for (const name of [".claude", ".claude-work", ".config/claude", ".claude_old"]) {
			make(`${name}/projects`);
		}
		make(".claude-empty");
		make("claude/projects");
		symlinkSync(folder.file(".claude"), folder.file(".claude-alias"));
		const all = [".claude-work/projects", ".claude_old/projects", ".config/claude/projects"];
		assert.deepEqual(found(), all);
		assert.deepEqual(found([".claude-alias/projects"]), all);
		assert.deepEqual(found(all), [".claude/projects"]);
	});

	it("are none where there is nothing", () => {
		assert.deepEqual(found(), []);
		writeFileSync(folder.file(".claude-work"), "");
		assert.deepEqual(found(), []);
	});
});
