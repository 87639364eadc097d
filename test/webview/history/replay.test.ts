import assert from "node:assert/strict";
import { sessionSummary } from "../../../src/model/graph/told/sessionSummary.ts";
import type { BrowserPage, PageOptions } from "../../support/page/browserPage.ts";
import { usePages } from "../../support/page/fixture.ts";
import { ToldSession } from "../../support/page/toldSession.ts";

describe("the replay", () => {
	const pages = usePages();

	const slider = (page: BrowserPage) => page.page.getByRole("slider", { name: "Moment" });
	const strip = (page: BrowserPage) => page.page.getByRole("region", { name: "Replay" });
	const button = (page: BrowserPage, name: string) =>
		strip(page).getByRole("button", { name, exact: true });
	const counter = (page: BrowserPage, name: string) =>
		page.page.locator(`[data-counter="${name}"] b`).textContent();
	const agents = async (page: BrowserPage) =>
		[...(await page.nodes()).values()].filter(({ parent }) => parent !== null);
	/** Where the picture's nodes are, px. */
	const places = async (page: BrowserPage) =>
		[...(await page.nodes()).values()].map(({ key, x, y }) => [key, Math.round(x), Math.round(y)]);

	/** The live picture of a session, with the replay open and ready. */
	async function open(options: PageOptions = {}): Promise<[BrowserPage, ToldSession]> {
		const told = ToldSession.story();
		const page = await pages.open(options);
		await told.show(page);
		await page.advance(3000);
		await page.page.getByRole("button", { name: "Replay", exact: true }).click();
		await page.send(told.recorded());
		await page.advance(200);
		return [page, told];
	}

	async function seek(page: BrowserPage, share: number): Promise<void> {
		const box = await slider(page).boundingBox();
		assert.ok(box !== null);
		await page.page.mouse.click(box.x + box.width * share, box.y + box.height / 2);
		await page.advance(200);
	}

	it("asks for the session in focus when it is opened, and for none when it is closed", async () => {
		const [page, told] = await open();
		const root = told.graph.snapshot().nodes.find(({ kind }) => kind === "session");
		assert.deepEqual(await page.postedOf("record"), [{ type: "record", id: root?.key }]);
		await page.page.locator(".toolbar").getByRole("button", { name: "Replay" }).click();
		assert.equal(await strip(page).isVisible(), false);
		assert.deepEqual((await page.postedOf("record")).at(-1), { type: "record", id: null });
	});

	it("shows picture, counters and table as they were, and the live ones again at a click", async () => {
		const [page] = await open();
		const before = await places(page);
		const live = [await counter(page, "failed"), await counter(page, "spawned")];
		assert.deepEqual(live, ["1", "3"]);
		await seek(page, 0.25);
		assert.deepEqual([await counter(page, "failed"), await counter(page, "spawned")], ["0", "1"]);
		assert.equal((await agents(page)).length, 1);
		assert.equal(await page.page.locator(".badge").textContent(), "●replay");
		await button(page, "Live").click();
		await page.advance(3000);
		assert.deepEqual([await counter(page, "failed"), await counter(page, "spawned")], live);
		assert.deepEqual(await places(page), before);
	});

	it("keeps the selection by id, there and back, and tells details of the moment", async () => {
		const [page, told] = await open();
		const third = told.graph.snapshot().nodes.find(({ id }) => id === "a3");
		await page.send({ type: "select", id: third?.key, reveal: false });
		const inspector = page.page.locator(".inspector");
		assert.equal(await inspector.locator("h2").textContent(), "test-writer");
		await seek(page, 0.2);
		assert.equal(await inspector.isVisible(), false);
		await seek(page, 0.92);
		assert.equal(await inspector.locator("h2").textContent(), "test-writer");
		const calls = await inspector.locator(".calls li").count();
		assert.ok(calls > 0 && calls < 4, `${calls} calls by then`);
		await inspector.getByRole("button", { name: "Copy id" }).click();
		assert.deepEqual(await page.postedOf("copyId"), [{ type: "copyId", id: "a3" }]);
		await button(page, "Live").click();
		assert.equal(await inspector.locator("h2").textContent(), "test-writer");
		assert.deepEqual((await page.postedOf("selected")).at(-1), {
			type: "selected",
			id: third?.key,
		});
	});

	it("says why a call failed, at every moment after it", async () => {
		const [page, told] = await open();
		const first = told.graph.snapshot().nodes.find(({ id }) => id === "a1");
		await page.send({ type: "select", id: first?.key, reveal: false });
		await seek(page, 0.4);
		const failed = { session: told.log.session, agent: "a1", call: "toolu_13" };
		assert.deepEqual((await page.postedOf("askReason")).at(-1), { type: "askReason", ...failed });
		await page.send({ type: "reason", ...failed, text: "no such file" });
		await page.advance(200);
		const reason = page.page.locator(".inspector .reason");
		assert.equal(await reason.textContent(), "no such file");
		await seek(page, 0.45);
		assert.equal(await reason.textContent(), "no such file");
		await seek(page, 0.15);
		assert.equal(await reason.isVisible(), false);
	});

	it("goes one event back and on by keys, from live and into live", async () => {
		const [page, told] = await open();
		const moment = () => slider(page).getAttribute("aria-valuetext");
		await page.page.locator("canvas").first().focus();
		await page.page.keyboard.press(",");
		assert.match((await moment()) ?? "", /^\d\d:\d\d:\d\d, .* of /);
		const last = await moment();
		await page.page.keyboard.press(",");
		assert.notEqual(await moment(), last);
		await page.page.keyboard.press(".");
		assert.equal(await moment(), last);
		await page.page.keyboard.press(".");
		await page.page.keyboard.press(".");
		assert.match((await moment()) ?? "", /^live, /);
		await slider(page).focus();
		await page.page.keyboard.press("Home");
		await page.page.keyboard.press("ArrowRight");
		const value = Number(await slider(page).getAttribute("aria-valuenow"));
		assert.equal(value, 1, "the second event is a second later");
		assert.equal(told.events.length > 10, true);
		await page.page.keyboard.press("End");
		assert.match((await moment()) ?? "", /^live, /);
	});

	it("plays at a speed, pauses, and comes to live at the end", async () => {
		const [page, told] = await open();
		await strip(page).getByRole("combobox", { name: "Speed" }).selectOption("2");
		await page.page.locator("canvas").first().focus();
		await page.page.keyboard.press(" ");
		await page.advance(5000);
		const value = Number(await slider(page).getAttribute("aria-valuenow"));
		assert.ok(Math.abs(value - 10) <= 1, `${value} s of the session in 5 s`);
		await button(page, "Pause (Space)").click();
		await page.advance(3000);
		const frames = await page.frames();
		await page.advance(3000);
		assert.equal(await page.frames(), frames, "nothing is drawn while it pauses");
		assert.equal(Number(await slider(page).getAttribute("aria-valuenow")), value);
		await button(page, "Play (Space)").click();
		await page.advance((told.until - told.from) / 2 + 1000);
		assert.match((await slider(page).getAttribute("aria-valuetext")) ?? "", /^live, /);
		assert.equal(await counter(page, "spawned"), "3");
	});

	it("skips pauses, unless that is turned off", async () => {
		const told = ToldSession.story();
		for (const event of told.events.slice(10)) Object.assign(event, { ts: event.ts + 3_600_000 });
		const page = await pages.open();
		await told.show(page);
		await page.page.getByRole("button", { name: "Replay", exact: true }).click();
		await page.send(told.recorded());
		await page.page.keyboard.press(" ");
		await page.advance(12_000);
		assert.ok(Number(await slider(page).getAttribute("aria-valuenow")) > 3600);
		await button(page, "Skip pauses").click();
		await slider(page).focus();
		await page.page.keyboard.press("Home");
		await page.advance(12_000);
		assert.ok(Number(await slider(page).getAttribute("aria-valuenow")) < 20);
	});

	it("counts what happens meanwhile, and shows it once it is live again", async () => {
		const [page, told] = await open();
		await seek(page, 0.5);
		told.log.spawn("toolu_4", "Explore").start("a4", "Explore").link("toolu_4", "a4");
		const fresh = told.tell();
		const patch = told.graph.takePatch();
		assert.ok(patch !== null);
		await page.patch(patch);
		await page.send(told.recorded(fresh, false));
		await page.advance(1200);
		assert.equal(await strip(page).locator(".replay-note").textContent(), "3 new events");
		assert.equal(
			(await agents(page)).some(({ key }) => key.includes("n5")),
			false,
		);
		await page.page.keyboard.press("Escape");
		await page.advance(500);
		assert.equal(await strip(page).locator(".replay-note").textContent(), "");
		assert.equal(await counter(page, "spawned"), "4");
	});

	it("ends where the host shows another log", async () => {
		const [page] = await open();
		await seek(page, 0.5);
		const other = new ToldSession();
		Object.assign(other.log, { session: "5e55104e-0000-4000-8000-00000000000f" });
		other.log.add("session_start").start("b1", "Explore");
		other.tell();
		await other.show(page);
		await page.advance(500);
		assert.equal(await page.page.locator(".badge").textContent(), "●connected");
		assert.equal(await counter(page, "spawned"), "1");
	});

	it("says so while it is read, and where nothing was recorded", async () => {
		const told = ToldSession.story();
		const page = await pages.open();
		await told.show(page);
		await page.page.getByRole("button", { name: "Replay", exact: true }).click();
		const note = strip(page).locator(".replay-note");
		assert.equal(await note.textContent(), "Reading the session …");
		assert.equal(await button(page, "Play (Space)").isDisabled(), true);
		await page.send(told.recorded([]));
		assert.equal(await note.textContent(), "Nothing is recorded of this session");
	});

	it("plays in steps under reduced motion, and is open again after a reload", async () => {
		const [page] = await open({ reducedMotion: true });
		await page.page.keyboard.press(" ");
		await page.advance(4000);
		assert.ok(Number(await slider(page).getAttribute("aria-valuenow")) >= 3);
		await button(page, "Live").click();
		await page.advance(1000);
		await page.page.reload();
		assert.equal(await strip(page).isVisible(), true);
	});

	it("plays from the summary of a session that ended", async () => {
		const told = ToldSession.story();
		told.log.stop("a3", "test-writer", "partial").add("session_end");
		told.tell();
		const page = await pages.open();
		await told.show(page);
		const root = told.graph.snapshot().nodes.find(({ kind }) => kind === "session");
		const summary = sessionSummary(told.graph, root?.key ?? "");
		await page.send({ type: "summary", summary });
		await page.advance(200);
		await page.page.locator(".summary").getByRole("button", { name: "Replay" }).click();
		await page.send(told.recorded());
		await page.advance(10_000);
		assert.equal(await page.page.locator(".badge").textContent(), "●replay");
		assert.equal((await agents(page)).length, 1);
	});
});
