import assert from "node:assert/strict";
import { PROTOCOL_VERSION } from "../../src/protocol/messages.ts";
import { agentView, sessionView } from "../support/page/fakeViews.ts";
import { usePages } from "../support/page/fixture.ts";

const session = sessionView("s1");

describe("the channel to the host", () => {
	const pages = usePages();

	it("says ready once, with its protocol number", async () => {
		const page = await pages.open();
		assert.deepEqual(await page.posted(), [{ type: "ready", protocol: PROTOCOL_VERSION }]);
	});

	it("asks for a resync once when a patch is missing, and goes on after the snapshot", async () => {
		const page = await pages.open();
		await page.snapshot([session]);
		await page.patch({ upserts: [agentView("a1")] }, 1);
		await page.patch({ upserts: [agentView("a2")] });
		await page.advance(100);
		assert.equal((await page.postedOf("resync")).length, 1);
		assert.deepEqual([...(await page.nodes()).keys()], ["s1"]);
		await page.snapshot([session, agentView("a1"), agentView("a2")]);
		await page.patch({ upserts: [agentView("a3")] });
		await page.advance(100);
		assert.equal((await page.nodes()).size, 4);
		assert.equal((await page.postedOf("resync")).length, 1);
	});

	it("asks to reopen the panel when a snapshot speaks another protocol", async () => {
		const page = await pages.open();
		await page.send({ type: "snapshot", protocol: PROTOCOL_VERSION + 1, seq: 1, tree: [] });
		await page.advance(200);
		const text = await page.page.locator(".empty").innerText();
		assert.match(text, /another version[\s\S]*open it again/);
	});

	it("ignores malformed messages and reports them, but not without end", async () => {
		pages.expectErrors();
		const page = await pages.open();
		await page.snapshot([session]);
		for (let i = 0; i < 30; i++) await page.send({ type: "patch", seq: "two" });
		await page.send({ type: "unheard of" });
		await page.patch({ upserts: [agentView("a1")] });
		await page.advance(100);
		assert.equal((await page.nodes()).size, 2);
		const reports = await page.postedOf("clientError");
		assert.ok(reports.length > 0 && reports.length <= 10, `${reports.length} reports`);
	});

	it("reports what goes wrong in the page, cut to a bounded length", async () => {
		pages.expectErrors();
		const page = await pages.open();
		await page.page.evaluate(() => {
			dispatchEvent(new ErrorEvent("error", { message: "x".repeat(10_000) }));
		});
		const [report] = await page.postedOf("clientError");
		assert.equal(report?.message.length, 500);
	});

	it("tells the host what is selected, and shows what it answers", async () => {
		const page = await pages.open();
		await page.snapshot([session, agentView("a1")]);
		await page.advance(500);
		const { screenX, screenY } = await page.node("a1");
		await page.page.mouse.click(screenX, screenY);
		assert.deepEqual(await page.postedOf("selected"), [{ type: "selected", id: "a1" }]);
		const tools = [
			{ tool: "Bash", calls: 3, failures: 1, totalMs: 4200, maxMs: 3100, p50Ms: 3100, p95Ms: 3100 },
		];
		await page.send({
			type: "detail",
			detail: {
				key: "a1",
				tools,
				toolStats: [],
				recent: [],
				usage: [],
				sessionUsage: [],
				aliases: [],
			},
		});
		await page.advance(200);
		assert.match(await page.page.locator(".tools").innerText(), /Bash\s+3\.1 s\s+3\.1 s\s+1\s+3/);
	});

	it("posts what its buttons ask for", async () => {
		const page = await pages.open();
		await page.snapshot([]);
		await page.advance(200);
		for (const name of ["Install Hooks", "Play Demo", "Open Status"]) {
			await page.page.getByRole("button", { name }).click();
		}
		const actions = (await page.postedOf("invoke")).map((message) => message.action);
		assert.deepEqual(actions, ["installHooks", "playDemo", "showStatus"]);
	});
});
