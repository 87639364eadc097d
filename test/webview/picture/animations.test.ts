import assert from "node:assert/strict";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const session = sessionView("s1");
const agent = agentView("a1", { parent: "s1", calls: 9 });

describe("signs of life in the picture", () => {
	const pages = usePages();

	async function openWithAgent() {
		const page = await pages.open();
		await page.snapshot([session, agent]);
		await page.advance(2000);
		return page;
	}

	it("fades a spawned agent in over 300 ms on an edge from its parent", async () => {
		const page = await pages.open();
		await page.snapshot([session]);
		await page.advance(1000);
		await page.patch({ upserts: [agent] });
		await page.advance(60);
		const young = await page.node("a1");
		assert.equal(young.parent, "s1");
		assert.ok(young.alpha > 0 && young.alpha < 1, `alpha ${young.alpha}`);
		await page.advance(320);
		assert.equal((await page.node("a1")).alpha, 1);
	});

	it("shows the agents of a snapshot at once and settled", async () => {
		const page = await pages.open();
		await page.snapshot([session, agent]);
		await page.advance(50);
		const before = await page.node("a1");
		await page.advance(1000);
		const after = await page.node("a1");
		assert.equal(before.alpha, 1);
		assert.ok(Math.hypot(before.x - after.x, before.y - after.y) < 0.01);
	});

	it("pulses by 8 : 12 : 8 over 400 ms when a tool is used, and floats the tool's name", async () => {
		const page = await openWithAgent();
		await page.pulse("a1", "Grep");
		await page.advance(200);
		const peak = await page.node("a1");
		assert.ok(Math.abs(peak.radius / peak.restRadius - 1.5) < 0.03, `${peak.radius}`);
		assert.deepEqual(await page.floats(), ["Grep"]);
		await page.advance(230);
		const rested = await page.node("a1");
		assert.equal(rested.radius, rested.restRadius);
		assert.deepEqual(await page.floats(), ["Grep"]);
		await page.advance(400);
		assert.deepEqual(await page.floats(), []);
	});

	it("floats a bounded number of names however many tools are used", async () => {
		const page = await pages.open();
		const agents = Array.from({ length: 80 }, (_, i) => agentView(`a${i}`, { parent: "s1" }));
		await page.snapshot([session, ...agents]);
		await page.advance(500);
		const pulses = agents.map(({ key }) => ({ key, tool: "Read", kind: "start" as const }));
		await page.patch({ pulses });
		await page.advance(50);
		const floats = await page.floats();
		assert.ok(floats.length > 0 && floats.length <= 24, `${floats.length}`);
	});

	it("shows a failed call by a thick red ring and goes back to rest", async () => {
		const page = await openWithAgent();
		const node = await page.node("a1");
		const ringX = node.screenX + node.restRadius + 7;
		const plain = await page.pixel(ringX, node.screenY);
		await page.pulse("a1", "Bash", "failure");
		await page.advance(200);
		const swollen = await page.node("a1");
		assert.ok(swollen.radius > swollen.restRadius * 1.4);
		await page.advance(250);
		const [red, green, blue] = await page.pixel(ringX, node.screenY);
		assert.ok(red > 120 && red > green * 1.6 && red > blue * 1.6, `${red} ${green} ${blue}`);
		await page.screenshot("failed-call");
		await page.advance(3000);
		assert.deepEqual(await page.pixel(ringX, node.screenY), plain);
	});

	it("rings an agent that waits for permission until its call goes on", async () => {
		const page = await openWithAgent();
		const waiting = { since: page.hostNow - 12_000, tool: "Bash" };
		await page.change("a1", { state: "waiting", waiting });
		await page.advance(600);
		const node = await page.node("a1");
		const amber = await amberPixels();
		assert.ok(amber > 30, `${amber} amber pixels`);
		await page.screenshot("waiting");
		await page.change("a1", { state: "running", waiting: null });
		await page.advance(600);
		assert.equal(await amberPixels(), 0);

		async function amberPixels(): Promise<number> {
			let count = 0;
			for (let angle = 0; angle < 360; angle += 3) {
				const x = node.screenX + Math.cos((angle * Math.PI) / 180) * (node.restRadius + 8);
				const y = node.screenY + Math.sin((angle * Math.PI) / 180) * (node.restRadius + 8);
				const [red, green, blue] = await page.pixel(x, y);
				if (red > 170 && green > 90 && green < 190 && blue < 90) count++;
			}
			return count;
		}
	});

	for (const [outcome, isRight] of [
		["functional", (r: number, g: number, b: number) => g > r && g > b],
		["partial", (r: number, g: number, b: number) => r > g && g > b],
		["scaffolding", (r: number, g: number, b: number) => b > r && r > g],
		["fail", (r: number, g: number, b: number) => r > g * 1.5 && r > b * 1.5],
		[null, (r: number, g: number, b: number) => Math.max(r, g, b) - Math.min(r, g, b) < 40],
	] as const) {
		it(`flashes in the colour of ${outcome ?? "no outcome"}, fades and leaves`, async () => {
			const page = await openWithAgent();
			const place = await page.node("a1");
			await page.change("a1", { state: "done", outcome, endedAt: START });
			await page.advance(200);
			const [r, g, b] = await page.pixel(
				place.screenX + place.restRadius * 0.7,
				place.screenY - place.restRadius * 0.3,
			);
			assert.ok(isRight(r, g, b), `${r} ${g} ${b}`);
			assert.ok(Math.max(r, g, b) > 80, "a flash is bright");
			await page.screenshot(`outcome-${outcome ?? "none"}`);
			await page.advance(800);
			const fading = await page.node("a1");
			assert.ok(fading.alpha > 0 && fading.alpha < 1, `alpha ${fading.alpha}`);
			await page.advance(700);
			assert.ok(!(await page.nodes()).has("a1"));
		});
	}

	it("keeps the children of an agent that left, on its nearest ancestor shown", async () => {
		const page = await openWithAgent();
		await page.patch({ upserts: [agentView("a2", { parent: "a1" })] });
		await page.advance(2500);
		const before = await page.node("a2");
		await page.change("a1", { state: "done", outcome: "functional", endedAt: START });
		await page.advance(4000);
		const after = await page.node("a2");
		assert.equal(after.parent, "s1");
		assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 1, "it keeps its place");
	});

	it("dims a lost agent and takes it away after ten seconds", async () => {
		const page = await openWithAgent();
		await page.change("a1", { state: "lost", endedAt: page.hostNow });
		await page.advance(500);
		const lost = await page.node("a1");
		assert.ok(lost.isLost && lost.alpha < 0.7, `alpha ${lost.alpha}`);
		await page.advance(9000);
		assert.ok((await page.nodes()).has("a1"));
		await page.advance(1500);
		assert.ok(!(await page.nodes()).has("a1"));
	});

	it("lets an ended session leave with the last of its agents", async () => {
		const page = await openWithAgent();
		await page.change("s1", { state: "done", endedAt: START });
		await page.advance(3000);
		assert.ok((await page.nodes()).has("s1"));
		await page.change("a1", { state: "done", outcome: null, endedAt: START });
		await page.advance(3000);
		assert.equal((await page.nodes()).size, 0);
	});

	it("brings a resumed agent back to where it was", async () => {
		const page = await openWithAgent();
		const before = await page.node("a1");
		await page.change("a1", { state: "done", outcome: "partial", endedAt: START });
		await page.advance(3000);
		assert.ok(!(await page.nodes()).has("a1"));
		await page.change("a1", { state: "running", outcome: null, endedAt: null });
		await page.advance(3000);
		const after = await page.node("a1");
		assert.equal(after.alpha, 1);
		assert.ok(Math.hypot(after.x - before.x, after.y - before.y) < 2);
	});

	it("does not replay the ends that a snapshot tells of", async () => {
		const page = await openWithAgent();
		await page.snapshot([session, { ...agent, state: "done", outcome: "fail", endedAt: START }]);
		await page.advance(32);
		assert.ok(!(await page.nodes()).has("a1"));
	});
});
