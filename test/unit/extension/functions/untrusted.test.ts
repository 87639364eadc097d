import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { inProject } from "../../../../scripts/paths.ts";
import type { SnapshotTargets } from "../../../../src/extension/functions/snapshotCommands.ts";
import type { TelemetryHost } from "../../../../src/extension/telemetry/telemetryHost.ts";

const UNTRUSTED = "export const workspace = { isTrusted: false, workspaceFolders: [] };";

describe("In a workspace that is not trusted", () => {
	const hooks = { deregister: () => {} };

	before(() => {
		const url = `data:text/javascript,${encodeURIComponent(UNTRUSTED)}`;
		Object.assign(
			hooks,
			registerHooks({
				resolve: (specifier, context, next) =>
					specifier === "vscode" ? { url, shortCircuit: true } : next(specifier, context),
			}),
		);
	});
	after(() => hooks.deregister());

	it("git is asked for no snapshot and no version", async () => {
		const { snapshotHandlers } = await import(
			"../../../../src/extension/functions/snapshotCommands.ts"
		);
		const telemetry = {
			get required(): never {
				throw new Error("went on");
			},
		} as unknown as TelemetryHost;
		const handlers = snapshotHandlers({ telemetry } as SnapshotTargets);
		const row = { type: "function", id: "a.ts#f" };
		for (const run of Object.values(handlers)) {
			await assert.rejects(async () => run(row), /not trusted/);
		}
	});

	it("no menu offers it", () => {
		const { contributes } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
		const entries = Object.values<{ command: string; when?: string }[]>(contributes.menus).flat();
		const asking = entries.filter(({ command }) =>
			/compareVersions|snapshotFunctions/.test(command),
		);
		assert.equal(asking.length, 4);
		for (const { when } of asking) assert.match(when ?? "", /^false$|isWorkspaceTrusted/);
	});
});
