import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { findProgram } from "../../../scripts/setup/which.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const FILE = inProject("contrib", "launchd", "agent-live-graph.stream.plist");
/** Python's own parser of property lists, which is strict. */
const PARSE =
	"import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], 'rb'))))";

describe("The property list for launchd", () => {
	const folder = useTempFolder();
	let list: Record<string, unknown>;
	before(function () {
		if (!findProgram("python3")) this.skip();
		const { stdout, stderr } = spawnSync("python3", ["-c", PARSE, FILE], { encoding: "utf8" });
		assert.equal(stderr, "");
		list = JSON.parse(stdout);
	});

	it("starts at login, and again after a failure", () => {
		assert.equal(list.Label, "agent-live-graph.stream");
		assert.equal(list.RunAtLoad, true);
		assert.deepEqual(list.KeepAlive, { SuccessfulExit: false });
		assert.equal(list.Umask, 0o077);
	});

	it("runs the stream of the program in the home folder, whatever that is called", () => {
		const home = folder.file("a home");
		mkdirSync(`${home}/.local/bin`, { recursive: true });
		const program = `${home}/.local/bin/agent-live-graph`;
		writeFileSync(program, '#!/bin/sh\necho "$# $*"\n', { mode: 0o755 });
		const [shell = "", ...args] = list.ProgramArguments as string[];
		const { stdout, status } = spawnSync(shell, args, { encoding: "utf8", env: { HOME: home } });
		assert.deepEqual([status, stdout], [0, "1 stream\n"]);
	});
});
