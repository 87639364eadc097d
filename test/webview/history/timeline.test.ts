import assert from "node:assert/strict";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import { DEFAULT_PANEL_SETTINGS } from "../../../src/protocol/messages.ts";
import type { BrowserPage, PageOptions } from "../../support/page/browserPage.ts";
import { crowd } from "../../support/page/fakeCrowd.ts";
import { recorded, recordedCall, recordingOf } from "../../support/page/fakeRecording.ts";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const MINUTE = 60_000;

describe("the timeline", () => {
	const pages = usePages();
	const nodes = [
		sessionView("s1", { startedAt: START - 4 * MINUTE }),
		agentView("a1", { type: "runner", description: "cargo test", startedAt: START - 3 * MINUTE }),
		agentView("a2", { type: "Explore", parent: "a1", startedAt: START - 2 * MINUTE }),
	];
	/** What these three did: 40 calls each until START. */
	const events = recordingOf(nodes, 40);

	async function open(options: PageOptions = {}): Promise<BrowserPage> {
		const page = await pages.open({ width: 1200, height: 760, ...options });
		await page.snapshot(nodes);
		await page.advance(1000);
		return page;
	}

	async function record(
		page: BrowserPage,
		told: readonly AgentEvent[],
		part: { readonly isFirst?: boolean; readonly isWhole?: boolean } = {},
	): Promise<void> {
		const { isFirst = true, isWhole = true } = part;
		await page.send({ type: "recorded", session: "s1", events: told, isFirst, isWhole });
		await page.advance(500);
	}

	async function openRecorded(options: PageOptions = {}): Promise<BrowserPage> {
		const page = await open(options);
		await page.page.keyboard.press("l");
		await record(page, events);
		await page.advance(500);
		return page;
	}

	const pane = (page: BrowserPage) => page.page.locator(".timeline-pane");
	const canvas = (page: BrowserPage) => page.page.locator(".timeline-canvas");

	async function seen(page: BrowserPage) {
		const timeline = await page.page.evaluate(() => window.__agentLiveGraph?.timeline() ?? null);
		if (timeline === null) throw new Error("no timeline");
		return timeline;
	}

	/** Where on the page a place of the canvas is. */
	async function at(page: BrowserPage, x: number, y: number): Promise<[number, number]> {
		const box = await canvas(page).boundingBox();
		return [(box?.x ?? 0) + x, (box?.y ?? 0) + y];
	}

	/** A call far enough from others to be pointed at. */
	async function placeOf(page: BrowserPage, call: string): Promise<[number, number]> {
		const place = (await seen(page)).calls.find(({ id }) => id === call);
		if (place === undefined) throw new Error(`no call ${call}`);
		return at(page, place.x + 2, place.y);
	}

	it("opens by key and button, asks for the session, and is remembered", async () => {
		const page = await open();
		assert.equal(await pane(page).count(), 0);
		await page.page.keyboard.press("l");
		assert.deepEqual(await page.postedOf("record"), [{ type: "record", id: "s1" }]);
		assert.match(await page.page.locator(".timeline-note").innerText(), /Reading the session/);
		await page.advance(1000);
		await page.page.reload();
		await page.snapshot(nodes);
		await page.advance(1000);
		assert.ok(await pane(page).isVisible());
		await page.page.getByRole("button", { name: "Timeline", exact: true }).click();
		assert.ok(await pane(page).isHidden());
		assert.deepEqual((await page.postedOf("record")).at(-1), { type: "record", id: null });
	});

	it("says when nothing was recorded", async () => {
		const page = await open();
		await page.page.keyboard.press("l");
		await record(page, []);
		assert.equal(await page.page.locator(".timeline-note").innerText(), "Nothing recorded yet");
		await page.screenshot("timeline-empty");
	});

	it("says that it reads, while it does", async () => {
		const page = await open();
		await page.page.keyboard.press("l");
		await page.advance(300);
		await page.screenshot("timeline-loading");
		assert.equal(await page.page.locator(".timeline-note").innerText(), "Reading the session…");
	});

	it("shows agents nested, and all of the session at first", async () => {
		const page = await openRecorded();
		const { rows, from, until } = await seen(page);
		assert.deepEqual(
			rows.map(({ id, depth }) => `${depth} ${id}`),
			["0 s1", "1 agent-a1", "2 agent-a2"],
		);
		assert.ok(from <= START - 4 * MINUTE && until >= START);
		assert.match((await canvas(page).getAttribute("aria-label")) ?? "", /2 agents, 120 calls/);
		await page.screenshot("timeline");
	});

	it("leaves the picture of agents whole above it", async () => {
		const page = await openRecorded();
		await page.advance(2000);
		const stage = await page.page.locator("canvas.picture").boundingBox();
		const below = await pane(page).boundingBox();
		assert.ok((stage?.y ?? 0) + (stage?.height ?? 0) <= (below?.y ?? 0) + 1);
		for (const node of (await page.nodes()).values()) {
			assert.ok(node.screenY > 0 && node.screenY < (stage?.height ?? 0), node.key);
		}
	});

	it("selects an agent by its row, everywhere", async () => {
		const page = await openRecorded();
		const { y } = (await seen(page)).rows[1] ?? { y: 0 };
		await page.page.mouse.click(...(await at(page, 40, y)));
		assert.equal((await page.postedOf("selected")).at(-1)?.id, "a1");
		assert.ok(await page.page.locator(".inspector").isVisible());
		assert.equal((await seen(page)).selected, "agent-a1");
	});

	it("follows a selection that was made elsewhere", async () => {
		const page = await openRecorded();
		await page.send({ type: "select", id: "a2", reveal: false });
		await page.advance(300);
		assert.equal((await seen(page)).selected, "agent-a2");
		await page.page.locator("canvas.picture").focus();
		await page.page.keyboard.press("Escape");
		await page.advance(300);
		assert.equal((await seen(page)).selected, null);
	});

	it("selects a call by a click, tells it on a card, and opens its transcript", async () => {
		const page = await open();
		const settings = { ...DEFAULT_PANEL_SETTINGS, canOpen: true };
		await page.send({ type: "settings", settings });
		await page.page.keyboard.press("l");
		const ts = START - MINUTE;
		const call = { id: "toolu_1", ms: 20_000, hasFailed: true };
		await record(page, [...events, ...recordedCall({ ts, agent: "agent-a1" }, call)]);
		const place = await placeOf(page, "toolu_1");
		await page.page.mouse.move(...place);
		await page.advance(400);
		const card = page.page.locator(".timeline-pane .hover-card");
		assert.match(await card.innerText(), /Bash cargo[\s\S]*failed: exit_101 · took 20\.0 s/);
		await page.screenshot("timeline-card");
		await page.page.mouse.click(...place);
		await page.advance(100);
		assert.equal((await seen(page)).selectedCall, "toolu_1");
		assert.equal((await page.postedOf("selected")).at(-1)?.id, "a1");
		await page.page.mouse.dblclick(...(await placeOf(page, "toolu_1")));
		const opened = {
			type: "openTranscript",
			session: "s1",
			agent: "agent-a1",
			call: "toolu_1",
		};
		assert.deepEqual((await page.postedOf("openTranscript")).at(-1), opened);
		await canvas(page).focus();
		await page.page.keyboard.press("Enter");
		assert.equal((await page.postedOf("openTranscript")).length, 2);
	});

	it("opens the transcript at the call that a double click began on, though the inspector takes its place", async () => {
		const page = await open();
		await page.send({ type: "settings", settings: { ...DEFAULT_PANEL_SETTINGS, canOpen: true } });
		await page.page.keyboard.press("l");
		const ts = START - MINUTE;
		const call = { id: "toolu_1", ms: 4000, hasFailed: false };
		await record(page, [...events, ...recordedCall({ ts, agent: "agent-a1" }, call)]);
		const { mouse } = page.page;
		await mouse.click(...(await placeOf(page, "toolu_1")));
		await page.advance(200);
		await mouse.down({ clickCount: 2 });
		await mouse.up({ clickCount: 2 });
		assert.equal((await page.postedOf("openTranscript")).at(-1)?.call, "toolu_1");
		assert.equal((await seen(page)).selectedCall, "toolu_1");
		await mouse.click(...(await placeOf(page, "toolu_1")));
		assert.equal((await page.postedOf("openTranscript")).length, 1);
	});

	it("zooms by wheel at the pointer, by keys and buttons, and shows all again", async () => {
		const page = await openRecorded();
		const before = await seen(page);
		const x = before.left + (before.right - before.left) * 0.5;
		await page.page.mouse.move(...(await at(page, x, 60)));
		await page.page.mouse.wheel(0, -480);
		await page.advance(100);
		const after = await seen(page);
		const length = (of: { from: number; until: number }) => of.until - of.from;
		assert.ok(Math.abs(length(after) / length(before) - 0.25) < 0.02);
		const middle = (of: { from: number; until: number }) => (of.from + of.until) / 2;
		assert.ok(Math.abs(middle(after) - middle(before)) < 2000);
		await canvas(page).focus();
		await page.page.keyboard.press("+");
		await page.advance(50);
		assert.ok(length(await seen(page)) < length(after));
		await page.page.getByRole("button", { name: "Show more time" }).click();
		await page.page.getByRole("button", { name: "Show all of the session" }).click();
		await page.advance(50);
		assert.ok(length(await seen(page)) >= 4 * MINUTE);
		// The picture of agents has not moved for any of it.
		assert.equal(await page.page.evaluate(() => window.__agentLiveGraph?.isFollowing()), true);
	});

	it("moves in time by drag, Shift and wheel, and Shift and arrows", async () => {
		const page = await openRecorded();
		await canvas(page).focus();
		for (let i = 0; i < 4; i++) await page.page.keyboard.press("+");
		await page.advance(50);
		const froms: number[] = [(await seen(page)).from];
		const note = async () => {
			await page.advance(50);
			froms.push((await seen(page)).from);
		};
		const [x, y] = await at(page, 700, 60);
		await page.page.mouse.move(x, y);
		await page.page.mouse.down();
		await page.page.mouse.move(x + 100, y, { steps: 4 });
		await page.page.mouse.up();
		await note();
		await page.page.keyboard.down("Shift");
		await page.page.mouse.wheel(0, -100);
		await page.page.keyboard.up("Shift");
		await note();
		await page.page.keyboard.press("Shift+ArrowLeft");
		await note();
		for (const [index, from] of froms.entries()) {
			if (index > 0) assert.ok(from < (froms[index - 1] ?? 0), froms.join(" "));
		}
	});

	it("leads by arrows from agent to agent and from call to call, and says where", async () => {
		const page = await openRecorded();
		await canvas(page).focus();
		await page.page.keyboard.press("ArrowDown");
		await page.page.keyboard.press("ArrowDown");
		assert.equal((await seen(page)).selected, "agent-a1");
		await page.page.keyboard.press("ArrowRight");
		await page.page.keyboard.press("ArrowRight");
		await page.page.keyboard.press("ArrowRight");
		await page.page.keyboard.press("ArrowLeft");
		assert.equal((await seen(page)).selectedCall, "call_s1_agent-a1_1");
		const said = page.page.locator(".timeline-pane [role=status].visually-hidden");
		assert.match(await said.innerText(), /, \d\d:\d\d:\d\d$/);
		// The agents' picture has keys of its own.
		assert.equal((await page.postedOf("selected")).at(-1)?.id, "a1");
	});

	it("is made higher and lower by its edge, also by keys, and keeps that", async () => {
		const page = await openRecorded();
		const height = async () => (await pane(page).boundingBox())?.height ?? 0;
		const before = await height();
		const grip = page.page.getByRole("separator", { name: "Height of the timeline" });
		await grip.focus();
		await page.page.keyboard.press("ArrowUp");
		assert.equal(await height(), before + 24);
		assert.equal(await grip.getAttribute("aria-valuenow"), String(before + 24));
		const box = await grip.boundingBox();
		await page.page.mouse.move(600, (box?.y ?? 0) + 4);
		await page.page.mouse.down();
		await page.page.mouse.move(600, (box?.y ?? 0) - 60, { steps: 3 });
		await page.page.mouse.up();
		assert.ok((await height()) > before + 60);
		const chosen = await height();
		await page.advance(1000);
		await page.page.reload();
		await page.snapshot(nodes);
		await page.advance(1000);
		assert.equal(await height(), chosen);
	});

	it("shows the same as a table, page by page, that keys lead through", async () => {
		const page = await openRecorded();
		await page.page.getByRole("button", { name: "Calls as a table" }).click();
		await page.advance(300);
		const rows = page.page.locator(".timeline-lines tbody tr:visible");
		assert.equal(await rows.count(), 100);
		assert.match(await page.page.locator(".timeline-pages").innerText(), /1 to 100 of 123/);
		assert.match(await rows.first().innerText(), /main.*running, 40 calls/s);
		const levels = await rows.evaluateAll((all) =>
			all.slice(0, 43).map((row) => row.getAttribute("aria-level")),
		);
		assert.deepEqual([levels[0], levels[1], levels[41], levels[42]], ["1", "2", "2", "3"]);
		await page.screenshot("timeline-table");
		await page.page.keyboard.press("End");
		assert.match(
			await page.page.locator(".timeline-lines tr:focus").innerText(),
			/Bash|Read|Edit|Grep|Web/,
		);
		assert.match(await page.page.locator(".timeline-pages").innerText(), /101 to 123 of 123/);
		await page.page.keyboard.press("Home");
		await page.page.keyboard.press("ArrowDown");
		await page.page.keyboard.press(" ");
		await page.advance(300);
		assert.equal((await seen(page)).selectedCall, "call_s1_main_0");
		assert.equal(await page.page.locator(".timeline-lines tr[aria-selected=true]").count(), 1);
		await page.page.getByRole("button", { name: "Next" }).click();
		assert.match(await page.page.locator(".timeline-pages").innerText(), /101 to 123/);
	});

	it("holds still in the table while it is read", async () => {
		const page = await openRecorded();
		await page.page.getByRole("button", { name: "Calls as a table" }).click();
		await page.page.keyboard.press("ArrowDown");
		const focused = () => page.page.locator(".timeline-lines tr:focus").innerText();
		const before = await focused();
		const ts = START - 4 * MINUTE + 10;
		await record(page, recordedCall({ ts }, { id: "early", ms: 5 }), { isFirst: false });
		assert.equal((await focused()).split("\t")[0], before.split("\t")[0]);
		assert.match(await page.page.locator(".timeline-pages").innerText(), /of 123/);
	});

	it("goes on with what happens, one frame for many events, and none for what is not seen", async () => {
		const page = await openRecorded();
		const before = (await seen(page)).frames;
		for (let i = 0; i < 20; i++) {
			const told = recordedCall({ ts: START + i * 10 }, { id: `n${i}`, ms: 5 });
			await page.send({
				type: "recorded",
				session: "s1",
				events: told,
				isFirst: false,
				isWhole: true,
			});
			await page.advance(10);
		}
		await page.advance(300);
		const frames = (await seen(page)).frames - before;
		assert.ok(frames >= 1 && frames <= 4, `${frames} frames`);
		assert.ok((await seen(page)).calls.some(({ id }) => id === "n19"));
	});

	it("draws at most one frame a second while only time passes, and none of what is over", async () => {
		const page = await openRecorded();
		await page.advance(3000);
		const before = (await seen(page)).frames;
		await page.advance(10_000);
		const frames = (await seen(page)).frames - before;
		assert.ok(frames <= 11, `${frames} frames`);
		const end = recorded("session_end", { ts: page.hostNow }, { reason: "exit" });
		await record(page, [end], { isFirst: false });
		await page.change("s1", { state: "done", endedAt: page.hostNow });
		await page.advance(2000);
		const [atEnd, all] = [(await seen(page)).frames, await page.frames()];
		await page.advance(10_000);
		assert.equal((await seen(page)).frames, atEnd);
		assert.ok((await page.frames()) - all <= 1);
	});

	it("shows waits with the word, and calls that go on", async () => {
		const page = await open();
		await page.page.keyboard.press("l");
		const who = { agent: "agent-a1" };
		const wait = { tool: "Bash", kind: "other", remindedWithinMs: null } as const;
		await record(page, [
			...events,
			...recordedCall({ ...who, ts: START - 90_000 }, { id: "w1", ms: null }),
			recorded("permission_wait", { ...who, ts: START - 88_000 }, wait),
			...recordedCall({ ts: START - 60_000 }, { id: "o1", ms: null }),
		]);
		const row = (await seen(page)).rows[1];
		await page.screenshot("timeline-waits");
		const { left, right, from, until } = await seen(page);
		const x = left + ((START - 50_000 - from) / (until - from)) * (right - left);
		await page.page.mouse.move(...(await at(page, x, row?.y ?? 0)));
		await page.advance(400);
		const card = page.page.locator(".timeline-pane .hover-card");
		assert.match(await card.innerText(), /Waits for you: Bash/);
	});

	it("shows the session of the selection, and goes back to the newest", async () => {
		const page = await open();
		const other = [
			sessionView("s2", { startedAt: START - MINUTE }),
			agentView("b1", { session: "s2", parent: "s2" }),
		];
		await page.patch({ upserts: other });
		await page.page.keyboard.press("l");
		await page.send({ type: "select", id: "a1", reveal: false });
		await page.advance(300);
		const asked = (await page.postedOf("record")).map(({ id }) => id);
		assert.deepEqual(asked, ["s2", "s1"]);
	});

	it("opens from the summary of a session that is over", async () => {
		const page = await pages.open();
		const over = sessionView("s1", { state: "done", startedAt: START - MINUTE, endedAt: START });
		await page.snapshot([over]);
		await page.advance(300);
		const outcomes = { functional: 0, partial: 0, scaffolding: 0, fail: 0, none: 0, lost: 0 };
		const summary = {
			key: "s1",
			startedAt: START - MINUTE,
			endedAt: START,
			agents: 0,
			outcomes,
			calls: 3,
			failures: 0,
			tokens: null,
			costUsd: null,
			isCostPartial: false,
			files: 0,
		};
		await page.send({ type: "summary", summary });
		await page.advance(300);
		await page.page.getByRole("button", { name: "Open Timeline" }).click();
		assert.deepEqual(await page.postedOf("record"), [{ type: "record", id: "s1" }]);
		await page.advance(300);
		await page.screenshot("timeline-from-summary");
		await page.page.getByRole("button", { name: "Open Timeline" }).click();
		assert.ok(await pane(page).isVisible());
	});

	it("scrolls where there are more agents than room, and brings the selected one into view", async () => {
		const page = await pages.open({ width: 1200, height: 700 });
		const many = crowd(40);
		await page.snapshot(many);
		await page.advance(1000);
		await page.page.keyboard.press("l");
		await record(page, recordingOf(many, 10));
		const before = (await seen(page)).rows.map(({ id }) => id);
		assert.ok(before.length < 14);
		for (let i = 0; i < 30; i++) await page.page.keyboard.press("ArrowDown");
		await page.advance(100);
		const { rows, selected } = await seen(page);
		assert.ok(rows.some(({ id }) => id === selected));
		assert.ok(!before.includes(selected ?? ""));
		await page.screenshot("timeline-40");
	});

	for (const theme of ["light", "highContrast", "highContrastLight"] as const) {
		it(`reads well in ${theme}`, async () => {
			const page = await openRecorded({ theme });
			await page.screenshot(`timeline-${theme}`);
			assert.ok((await seen(page)).frames > 0);
		});
	}

	it("leaves its own button in view, and every other in reach, where it makes the picture flat", async () => {
		const page = await openRecorded({ width: 500, height: 560 });
		await page.screenshot("timeline-flat");
		const box = (name: string) => page.page.getByRole("button", { name }).first().boundingBox();
		const { x = 0, width = 0 } = (await box("Timeline")) ?? {};
		assert.ok(x > 0 && x + width < 380, `${x} + ${width}`);
		const toolbar = page.page.locator(".toolbar");
		await toolbar.evaluate((row) => row.scrollTo({ left: row.scrollWidth }));
		const last = (await box("Buckets")) ?? { x: 0, width: 0 };
		assert.ok(last.x > 0 && last.x + last.width <= 400, `${last.x} + ${last.width}`);
		await page.page.getByRole("button", { name: "Timeline" }).first().click();
		assert.ok(await pane(page).isHidden());
	});

	it("fits into a panel 500 px wide", async () => {
		const page = await openRecorded({ width: 500, height: 700 });
		await page.screenshot("timeline-narrow");
		const width = await page.page.evaluate(() => document.documentElement.scrollWidth);
		assert.equal(width, 500);
	});
});
