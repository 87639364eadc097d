import assert from "node:assert/strict";
import { filePageHtml } from "../../../src/protocol/pageHtml.ts";

const part = (text: string) => ({ text, sha256: `hash-of-${text.length}` });

describe("The markup of a page that is one file", () => {
	it("lets nothing run but its own scripts, and asks nobody for anything", () => {
		const html = filePageHtml({ scripts: [part("a()")], style: part("b{}"), data: {} });
		const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
		assert.match(policy, /^default-src 'none'; script-src 'sha256-hash-of-3'; /);
		assert.doesNotMatch(policy, /unsafe|http|connect/);
		assert.doesNotMatch(html, /src="|href="/);
	});

	it("holds data that no parser takes for markup, and gives it back whole", () => {
		const data = { text: '</script><script>alert(1)</script><!-- \u2028 "&' };
		const html = filePageHtml({ scripts: [], style: part(""), data });
		assert.equal(html.match(/<script/g)?.length, 1);
		const json = /id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? "";
		assert.deepEqual(JSON.parse(json), data);
	});
});
