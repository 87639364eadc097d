import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import * as path from "node:path";

const root = path.join(import.meta.dirname, "../../../../src/extension");

describe("The badge of the activity bar", () => {
	it("counts what waits for the user, and no proposals", () => {
		const setting = globSync("**/*.ts", { cwd: root }).filter((file) =>
			/\.badge\s*=[^=]/.test(readFileSync(path.join(root, file), "utf8")),
		);
		assert.deepEqual(setting, [path.join("tree", "liveAgentsTree.ts")]);
	});
});
