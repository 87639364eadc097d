import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../../../scripts/setup/which.ts";
import { hooksFolder, run } from "../../support/hooks/hookLab.ts";

describe("the hooks' scripts", () => {
	before(function () {
		if (!findProgram("shellcheck")) this.skip();
	});

	it("pass shellcheck as POSIX sh, with what they source", async () => {
		const files = readdirSync(hooksFolder, { recursive: true, encoding: "utf8" })
			.filter((name) => name.endsWith(".sh"))
			.map((name) => join("hooks", name));
		assert.equal(files.length, 7);
		const end = await run("shellcheck", ["-x", "-s", "sh", ...files], {
			input: "",
			env: { PATH: process.env.PATH },
			cwd: join(hooksFolder, ".."),
		});
		assert.deepEqual(end, { status: 0, stdout: "", stderr: "" });
	});
});
