import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { findProgram } from "../../../scripts/setup/which.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const FOLDER = inProject("contrib", "systemd");

describe("The units for systemd", () => {
	const folder = useTempFolder();
	before(function () {
		if (!findProgram("systemd-analyze")) this.skip();
	});

	/** A home folder with the program in its place, as the units expect it. */
	function home(): string[] {
		mkdirSync(folder.file(".local/bin"), { recursive: true });
		writeFileSync(folder.file(".local/bin/agent-live-graph"), "#!/bin/sh\n", { mode: 0o755 });
		const names = readdirSync(FOLDER).filter((name) => /\.(?:service|timer)$/.test(name));
		for (const name of names) copyFileSync(`${FOLDER}/${name}`, folder.file(name));
		return names.map((name) => folder.file(name));
	}

	it("are right, as systemd itself says", () => {
		const files = home();
		assert.equal(files.length, 3);
		const end = spawnSync("systemd-analyze", ["verify", "--user", "--man=no", ...files], {
			encoding: "utf8",
			env: { PATH: process.env.PATH, HOME: folder.path, XDG_RUNTIME_DIR: folder.path },
		});
		assert.deepEqual([end.status, end.stdout, end.stderr], [0, "", ""]);
	});

	it("run at 00, 06, 12 and 18", () => {
		const timer = readFileSync(`${FOLDER}/agent-live-graph-upkeep.timer`, "utf8");
		const when = /^OnCalendar=(.*)$/m.exec(timer)?.[1] ?? "";
		const { stdout } = spawnSync(
			"systemd-analyze",
			["calendar", "--iterations=5", "--base-time=2026-07-01 00:00:00 UTC", when],
			{ encoding: "utf8", env: { PATH: process.env.PATH, TZ: "UTC", LC_ALL: "C" } },
		);
		const hours = [...stdout.matchAll(/\d{4}-\d\d-\d\d (\d\d):00:00 UTC$/gm)].map(
			([, hour]) => hour,
		);
		assert.deepEqual(hours.slice(0, 5), ["06", "12", "18", "00", "06"]);
	});
});
