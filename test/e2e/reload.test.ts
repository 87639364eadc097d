import assert from "node:assert/strict";
import type { Frame } from "playwright-core";
import { logFileAt } from "../support/vscode/logFile.ts";
import { openSession, type Session } from "../support/vscode/session.ts";

interface Viewport {
	readonly k: number;
	readonly x: number;
	readonly y: number;
}

describe("a window reload", () => {
	let session: Session;

	before(async () => {
		session = await openSession();
		logFileAt(session.eventsFile).append((events) =>
			events.add("session_start").start("a1", "Explore").start("a2", "Plan"),
		);
	});

	after(() => session?.close());

	it("brings the panel back with its viewport and its selection", async () => {
		await session.runCommand("Agent Live Graph: Open");
		const panel = await session.panel();
		await selectByTable(panel, "Plan");
		const start = await viewport(panel);
		for (let i = 0; i < 3; i++) {
			await panel.getByRole("button", { name: /zoom in/i }).click();
		}
		await restingViewport(panel, (view) => view.k > start.k * 1.5);
		// A drag on empty ground pans.
		const box = await panel.locator("canvas").boundingBox();
		assert.ok(box);
		const { mouse } = session.page;
		await mouse.move(box.x + 30, box.y + box.height - 30);
		await mouse.down();
		await mouse.move(box.x + 110, box.y + box.height - 70, { steps: 5 });
		await mouse.up();
		const before = await restingViewport(panel, () => true);
		await stateIsSaved(panel);

		await session.reload();

		const restored = await session.panel();
		await restored.getByRole("heading", { name: "Plan" }).waitFor();
		const after = await restingViewport(restored, () => true);
		assert.ok(Math.abs(after.k / before.k - 1) < 0.01, `zoom ${before.k} became ${after.k}`);
		assert.ok(Math.abs(after.x - before.x) < 2, `x ${before.x} became ${after.x}`);
		assert.ok(Math.abs(after.y - before.y) < 2, `y ${before.y} became ${after.y}`);
	});

	it("goes on showing new events in the panel that came back", async () => {
		const panel = await session.panel();
		logFileAt(session.eventsFile).append((events) => events.start("a3", "Verify"));
		await panel.locator("canvas").press("t");
		await panel.getByRole("row", { name: /Verify/ }).waitFor();
	});
});

async function selectByTable(panel: Frame, name: string): Promise<void> {
	await panel.locator("canvas").press("t");
	await panel.getByRole("row", { name }).click();
	await panel.getByRole("heading", { name }).waitFor();
	await panel.getByRole("button", { name: /table/i }).click();
}

/** What d3-zoom keeps on its element. */
function viewport(panel: Frame): Promise<Viewport> {
	return panel.locator("canvas").evaluate((canvas) => {
		const { k, x, y } = (canvas as HTMLCanvasElement & { __zoom: Viewport }).__zoom;
		return { k, x, y };
	});
}

/** The viewport once it no longer moves from one frame to the next ones. */
async function restingViewport(
	panel: Frame,
	isWanted: (view: Viewport) => boolean,
): Promise<Viewport> {
	let last = "";
	for (let same = 0; same < 5; ) {
		const view = await viewport(panel);
		const text = JSON.stringify(view);
		same = text === last && isWanted(view) ? same + 1 : 0;
		last = text;
		await panel.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
	}
	return JSON.parse(last);
}

/** The page saves its state at most every 500 ms, and VS Code keeps what it was told last. */
async function stateIsSaved(panel: Frame): Promise<void> {
	await panel.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
}
