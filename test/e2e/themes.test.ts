import assert from "node:assert/strict";
import { saveScreenshot } from "../support/vscode/screenshot.ts";
import { openSession } from "../support/vscode/session.ts";

const themes = [
	{ name: "Dark Modern", kind: "vscode-dark" },
	{ name: "Light Modern", kind: "vscode-light" },
	{ name: "Default High Contrast", kind: "vscode-high-contrast" },
	{ name: "Default High Contrast Light", kind: "vscode-high-contrast-light" },
];

describe("the demo on startup", () => {
	for (const { name, kind } of themes) {
		it(`plays in the panel that opens by itself, in ${name}`, async () => {
			const session = await openSession({
				settings: {
					"workbench.colorTheme": name,
					"agentLiveGraph.openOnStartup": true,
					"agentLiveGraph.demoOnStartup": "whenEmpty",
				},
			});
			try {
				const panel = await session.panel();
				await panel.getByRole("note").filter({ hasText: "Demo" }).waitFor();
				await panel
					.getByRole("listitem")
					.filter({ hasText: /^[3-9]alive/ })
					.waitFor();
				assert.ok(await panel.evaluate((wanted) => document.body.classList.contains(wanted), kind));
				await saveScreenshot(session.page, `e2e-demo-${kind}`);
				await panel.getByRole("button", { name: "Stop" }).click();
				await panel.getByRole("button", { name: "Install Hooks" }).waitFor();
			} finally {
				await session.close();
			}
		});
	}
});
