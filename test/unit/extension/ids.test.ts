import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
	commands,
	contextKeys,
	PANEL_VIEW_TYPE,
	SETTINGS_SECTION,
	settings,
	views,
} from "../../../src/extension/ids.ts";
import { CLIENT_IDENTITIES } from "../../../src/ingest/clients/clientIdentities.ts";

const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
const manifest = JSON.parse(text);

/** An entry of a menu: either a command or a menu within it. */
interface MenuItem {
	readonly command?: string;
	readonly submenu?: string;
}

describe("Ids shared with package.json", () => {
	it("names every command, there and here", () => {
		const there = manifest.contributes.commands.map((each: { command: string }) => each.command);
		assert.deepEqual(Object.values(commands).toSorted(), there.toSorted());
		for (const command of manifest.contributes.commands) {
			assert.equal(command.category, "Agent Live Graph");
		}
	});

	it("names every setting, there and here", () => {
		const here = Object.values(settings).map((name) => `${SETTINGS_SECTION}.${name}`);
		assert.deepEqual(
			here.toSorted(),
			Object.keys(manifest.contributes.configuration.properties).toSorted(),
		);
	});

	it("offers every client that is known", () => {
		const { properties } =
			manifest.contributes.configuration.properties[
				`${SETTINGS_SECTION}.${settings.transcriptsClients}`
			];
		const titles = CLIENT_IDENTITIES.map(({ name, title }) => [name, `Sessions of ${title}`]);
		const offered = Object.entries<{ description: string }>(properties).map(
			([name, { description }]) => [name, description],
		);
		assert.deepEqual(offered.toSorted(), titles.toSorted());
	});

	it("names every view, there and here", () => {
		const there = Object.values(manifest.contributes.views).flat() as { id: string }[];
		assert.deepEqual(
			Object.values(views),
			there.map((view) => view.id),
		);
	});

	it("uses no context key in a when clause that the code does not set", () => {
		const used = new Set(
			text.match(/agentLiveGraph\.(?:is[A-Z]\w*|are[A-Z]\w*|logState|stats[A-Z]\w*)/g),
		);
		assert.deepEqual([...used].toSorted(), Object.values(contextKeys).toSorted());
	});

	it("runs no command from a menu, a welcome view or a walkthrough that does not exist", () => {
		const known = new Set<string>(Object.values(commands));
		for (const [, used] of text.matchAll(/command:(agentLiveGraph\.\w+)/g)) {
			assert.ok(known.has(used ?? ""), used);
		}
		const menus = Object.values(manifest.contributes.menus).flat() as MenuItem[];
		for (const { command } of menus)
			assert.ok(command === undefined || known.has(command), command);
		const submenus = manifest.contributes.submenus.map(({ id }: { id: string }) => id);
		for (const { submenu } of menus) assert.ok(submenu === undefined || submenus.includes(submenu));
		for (const id of submenus) assert.ok(id in manifest.contributes.menus, id);
	});

	it("agrees on the panel's type", () => {
		assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${PANEL_VIEW_TYPE}`));
		assert.ok(!manifest.activationEvents.includes("*"));
	});
});
