import assert from "node:assert/strict";
import { INSIGHTS_SUBPROTOCOL } from "../../../src/protocol/stream.ts";
import { type Connection, StreamLab } from "../../support/stream/streamLab.ts";

const LEARNED = { kind: "learned", showsAll: false };

describe("the stream's messages for the page of figures", () => {
	let lab: StreamLab;
	beforeEach(async () => {
		lab = new StreamLab();
		await lab.start();
	});
	afterEach(() => lab.stop());

	async function page(): Promise<Connection> {
		const client = lab.connect({ protocols: [INSIGHTS_SUBPROTOCOL] });
		await client.until(() => client.socket.readyState === client.socket.OPEN);
		return client;
	}

	it("answer every question under its number, with nothing in it but what the protocol names", async () => {
		const client = await page();
		assert.equal(client.socket.protocol, INSIGHTS_SUBPROTOCOL);
		client.send({ type: "ask", id: 7, question: { ...LEARNED, path: "/etc/passwd" } });
		assert.deepEqual(await client.count(1), [{ type: "answer", id: 7, value: LEARNED }]);
	});

	it("say why there is no answer", async () => {
		lab.insights.answerWith = () => {
			throw new Error("there is no database");
		};
		const client = await page();
		client.send({ type: "ask", id: 1, question: LEARNED });
		const failed = { type: "failed", id: 1, message: "there is no database" };
		assert.deepEqual(await client.count(1), [failed]);
	});

	it("leave alone what is no question, and what only an editor can do", async () => {
		const asked: unknown[] = [];
		lab.insights.answerWith = (question) => asked.push(question);
		const client = await page();
		const query = { from: 0, until: 1, grain: "day", filter: {} };
		for (const message of [
			"nonsense",
			"{}",
			{ type: "ask", id: -1, question: LEARNED },
			{ type: "ask", id: 1, question: { kind: "insights" } },
			{ type: "ask", id: 1, question: { kind: "insights", ...query, grain: "second" } },
			{ type: "ask", id: 1, question: { kind: "drop", ...query } },
			{ type: "openSession", session: "s" },
			{ type: "openFunction", functionId: "/etc/passwd" },
			{ type: "proposal", hash: "0".repeat(64), action: "acceptProposal" },
			{ type: "save", mime: "text/csv", name: "../x", data: "" },
			{ type: "clientError", message: "oh" },
		])
			client.send(message);
		client.send({ type: "ask", id: 2, question: LEARNED });
		assert.equal((await client.count(1))[0]?.id, 2);
		assert.deepEqual(asked, [LEARNED]);
		assert.deepEqual(lab.notes, ["page: oh"]);
	});

	it("bound how many questions of a page are open", async () => {
		const open: (() => void)[] = [];
		lab.insights.answerWith = () => new Promise<void>((resolve) => open.push(resolve));
		const client = await page();
		for (let id = 0; id < 33; id++) client.send({ type: "ask", id, question: LEARNED });
		assert.deepEqual(await client.count(1), [
			{ type: "failed", id: 32, message: "too many questions at a time" },
		]);
		for (const answer of open.splice(0)) answer();
		await client.count(33);
		lab.insights.answerWith = () => "one more";
		client.send({ type: "ask", id: 33, question: LEARNED });
		assert.equal((await client.count(34))[33]?.value, "one more");
	});

	it("tell pages of changes, as long as there are any", async () => {
		assert.equal(lab.insights.listeners, 0);
		const [first, second] = [await page(), await page()];
		assert.equal(lab.insights.listeners, 1);
		lab.insights.change();
		for (const client of [first, second]) {
			assert.deepEqual(await client.count(1), [{ type: "changed" }]);
		}
		for (const client of [first, second]) {
			client.socket.close();
			await client.ended();
		}
		assert.equal(lab.insights.listeners, 0);
	});

	it("are told to nobody without the token, and to nobody of another site", async () => {
		const protocols = [INSIGHTS_SUBPROTOCOL];
		assert.equal(await lab.connect({ protocols, token: null }).refused(), 401);
		assert.equal(await lab.connect({ protocols, token: "wrong" }).refused(), 401);
		const origin = "https://evil.example";
		assert.equal(await lab.connect({ protocols, origin }).refused(), 403);
		assert.equal(lab.insights.listeners, 0);
	});
});
