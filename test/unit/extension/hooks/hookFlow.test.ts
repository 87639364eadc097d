import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import {
	changeHooks,
	type HookDialogs,
	type HookFlow,
} from "../../../../src/extension/hooks/hookFlow.ts";
import { FIRST_HOOKED } from "../../../../src/ingest/clients/hookedClients.ts";
import { HookInstaller } from "../../../../src/installer/installer.ts";
import type { SettingsCommands } from "../../../../src/installer/settings/sessionSettings.ts";
import { hooksFolder } from "../../../support/hooks/hookLab.ts";
import { handlers } from "../../../support/installer/wantedHooks.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

describe("Install Hooks and Uninstall Hooks", () => {
	const folder = useTempFolder();
	const file = () => folder.file("settings.json");
	const said: string[] = [];
	beforeEach(() => {
		said.length = 0;
	});

	function flow(dialogs: Partial<HookDialogs> = {}, more: Partial<HookFlow> = {}): HookFlow {
		return {
			installer: new HookInstaller(hooksFolder, "0.1.0", { env: {}, home: folder.path }),
			othersWritingToo: async () => [],
			jqAdvice: async () => null,
			dialogs: {
				choosePlace: async () => ({ client: FIRST_HOOKED, scope: "user", file: file() }),
				confirm: async ({ diff }, notes) => {
					said.push(diff, ...notes);
					return true;
				},
				tell: async (message) => {
					said.push(message);
					return false;
				},
				warn: (message) => said.push(message),
				...dialogs,
			},
			...more,
		};
	}

	it("show the change, make it, and say so", async () => {
		writeFileSync(file(), "{}");
		await (await changeHooks("install", flow())).answered;
		assert.match(said[0] ?? "", /^\+.*tool-use-event\.sh/m);
		assert.match(
			said[1] ?? "",
			/The hooks are installed in .*settings\.json.*before the first change/,
		);
		await (await changeHooks("uninstall", flow())).answered;
		assert.match(said.at(-1) ?? "", /hooks were taken out/);
		assert.equal(readFileSync(file(), "utf8"), "{}");
	});

	it("promise no more of the copy than that it is of before the first change", async () => {
		writeFileSync(file(), '{"first": 1}');
		await (await changeHooks("install", flow())).answered;
		writeFileSync(file(), '{"second": 2}');
		await (await changeHooks("install", flow())).answered;
		const backup = `${file()}.agent-live-graph-backup`;
		assert.ok(said.at(-1)?.endsWith(` As it was before the first change: ${backup}.`), said.at(-1));
		assert.equal(readFileSync(backup, "utf8"), '{"first": 1}');
	});

	it("change nothing without a file or a yes", async () => {
		writeFileSync(file(), "{}");
		const none = await changeHooks("install", flow({ choosePlace: async () => undefined }));
		assert.equal(none.result, null);
		const refused = await changeHooks("install", flow({ confirm: async () => false }));
		assert.equal(refused.result?.state, "refused");
		assert.equal(readFileSync(file(), "utf8"), "{}");
		assert.equal(existsSync(folder.file(".claude")), false);
		assert.deepEqual(said, []);
	});

	it("can be undone at once", async () => {
		const undoing = flow({ tell: async (_message, undo) => undo === "Undo" });
		await (await changeHooks("install", undoing)).answered;
		assert.equal(existsSync(file()), false);
	});

	it("say that there is nothing to do", async () => {
		await (await changeHooks("uninstall", flow())).answered;
		assert.deepEqual(said, [`There are no hooks in ${file()}.`]);
	});

	it("say which hooks stay, because somebody has changed them by hand", async () => {
		await (await changeHooks("install", flow())).answered;
		writeFileSync(file(), readFileSync(file(), "utf8").replace("exec sh", "bell; exec sh"));
		await (await changeHooks("uninstall", flow())).answered;
		const kept = `1 hook in ${file()} was changed by hand and stays: take it out there yourself.`;
		assert.equal(said.at(-1), `${handlers.length - 1} hooks were taken out of ${file()}. ${kept}`);
		await (await changeHooks("uninstall", flow())).answered;
		assert.equal(said.at(-1), kept);
	});

	it("tell before the question of a missing jq and of hooks elsewhere", async () => {
		const known = {
			othersWritingToo: async ({ scope, file: target, commands }: SettingsCommands) => {
				assert.deepEqual([scope, target, commands.length], ["user", file(), handlers.length]);
				return ["/project/.claude/settings.json"];
			},
			jqAdvice: async () => "jq was not found",
		};
		await changeHooks("install", flow({}, known));
		assert.match(said[1] ?? "", /^\/project\/.* has hooks too/);
		assert.equal(said[2], "jq was not found");
	});

	it("say before the question and at the end that the client does not read such a file", async () => {
		const text = '{\n\t"model": "x", // fast\n}\n';
		writeFileSync(file(), text);
		const sentence = `Claude Code does not read ${file()}: it has comments or trailing commas.`;
		await (await changeHooks("install", flow())).answered;
		assert.ok(said[1]?.startsWith(sentence), said[1]);
		assert.ok(said[2]?.startsWith(`The hooks are installed in ${file()}. ${sentence}`), said[2]);
		assert.doesNotMatch(said[2] ?? "", /New sessions/);
		said.length = 0;
		await (await changeHooks("install", flow())).answered;
		assert.ok(said[0]?.includes(`already in ${file()}. ${sentence}`), said[0]);
		said.length = 0;
		await (await changeHooks("uninstall", flow())).answered;
		assert.doesNotMatch(said.join("\n"), /does not read/);
		assert.equal(readFileSync(file(), "utf8"), text);
	});

	it("ask again when the file has become another while they asked", async () => {
		writeFileSync(file(), "{}");
		let asked = 0;
		const changing = flow({
			confirm: async () => {
				if (asked++ === 0) writeFileSync(file(), '{\n\t"model": "x"\n}\n');
				return true;
			},
		});
		const { result } = await changeHooks("install", changing);
		assert.deepEqual([asked, result?.state], [2, "changed"]);
		assert.match(readFileSync(file(), "utf8"), /^\{\n\t"model": "x",\n\t"hooks"/);
	});

	it("give up a file that never comes to rest", async () => {
		let writes = 0;
		const restless = flow({
			confirm: async () => {
				writeFileSync(file(), `{"n": ${writes++}}`);
				return true;
			},
		});
		await assert.rejects(changeHooks("install", restless), /kept changing/);
		assert.equal(readFileSync(file(), "utf8"), `{"n": ${writes - 1}}`);
	});
});
