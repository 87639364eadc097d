import type { Frame } from "playwright-core";
import { saveScreenshot } from "../support/vscode/screenshot.ts";
import { openSession, type Session } from "../support/vscode/session.ts";

const themes = [
	{ name: "Light Modern", kind: "vscode-light" },
	{ name: "Default High Contrast", kind: "vscode-high-contrast" },
	{ name: "Default High Contrast Light", kind: "vscode-high-contrast-light" },
];

describe("the demo on startup", () => {
	let session: Session;
	let panel: Frame;

	before(async () => {
		session = await openSession({
			settings: {
				"workbench.colorTheme": "Dark Modern",
				"agentLiveGraph.openOnStartup": true,
				"agentLiveGraph.demoOnStartup": "whenEmpty",
			},
		});
		panel = await session.panel();
	});

	after(() => session?.close());

	it("plays in a panel that opens by itself while there is no event", async () => {
		await panel.getByRole("note").filter({ hasText: "Demo" }).waitFor();
		await panel
			.getByRole("listitem")
			.filter({ hasText: /^[3-9]alive/ })
			.waitFor();
		await saveScreenshot(session.page, "e2e-demo-vscode-dark");
	});

	for (const { name, kind } of themes) {
		it(`follows the theme when it becomes ${name}`, async () => {
			const before = await groundColor(panel);
			session.applySettings({ "workbench.colorTheme": name });
			await panel.waitForFunction((wanted) => document.body.classList.contains(wanted), kind);
			await panel.waitForFunction((old) => {
				return getComputedStyle(document.body).backgroundColor !== old;
			}, before);
			await saveScreenshot(session.page, `e2e-demo-${kind}`);
		});
	}

	it("ends with its Stop button, and the panel explains itself again", async () => {
		await panel.getByRole("button", { name: "Stop" }).click();
		await panel.getByRole("button", { name: "Install Hooks" }).waitFor();
		await panel.getByRole("note").waitFor({ state: "hidden" });
	});
});

function groundColor(panel: Frame): Promise<string> {
	return panel.evaluate(() => getComputedStyle(document.body).backgroundColor);
}
