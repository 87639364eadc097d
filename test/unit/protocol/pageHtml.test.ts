import assert from "node:assert/strict";
import { pageHtml } from "../../../src/protocol/pageHtml.ts";

const options = {
	nonce: "bm9uY2U=",
	cspSource: "https://*.vscode-cdn.net",
	scriptUris: ["https://file+.vscode-resource.vscode-cdn.net/dist/webview/main.js"],
	styleUri: "https://file+.vscode-resource.vscode-cdn.net/dist/webview/style.css",
};

describe("the panel's markup", () => {
	const html = pageHtml(options);

	it("allows nothing but its own script and style sheet", () => {
		const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
		assert.equal(
			policy,
			"default-src 'none'; script-src 'nonce-bm9uY2U='; " +
				"style-src https://*.vscode-cdn.net; font-src https://*.vscode-cdn.net",
		);
	});

	it("holds no inline script and no inline style", () => {
		assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
		assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/);
		assert.equal(html.match(/nonce="bm9uY2U="/g)?.length, 1);
	});

	it("lets no address break out of its attribute", () => {
		const nasty = pageHtml({ ...options, styleUri: '"><script>alert(1)</script>' });
		assert.doesNotMatch(nasty, /<script>alert/);
	});
});
