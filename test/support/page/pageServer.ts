import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pageHtml } from "../../../src/protocol/pageHtml.ts";
import { hostStub } from "./hostStub.ts";
import { THEMES, type ThemeName } from "./themes.ts";

const BUILT = join(import.meta.dirname, "../../../dist/webview");

/** A script served besides the page's own, and started before it under the same policy. */
export interface ExtraScript {
	readonly path: string;
	readonly content: string;
}

/** Serves the built page with its real markup and policy, as a webview would. */
export class PageServer {
	readonly #server: Server;
	readonly #extras: readonly ExtraScript[];

	private constructor(extras: readonly ExtraScript[]) {
		this.#extras = extras;
		this.#server = createServer((request, response) => {
			this.#answer(new URL(request.url ?? "/", this.origin), response).catch((error: unknown) => {
				response.writeHead(500).end(String(error));
			});
		});
	}

	/** Listens on 127.0.0.1, on a free port for 0. */
	static async start(extras: readonly ExtraScript[] = [], port = 0): Promise<PageServer> {
		const server = new PageServer(extras);
		await new Promise<void>((resolve) => server.#server.listen(port, "127.0.0.1", resolve));
		return server;
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	url(theme: ThemeName): string {
		return `${this.origin}/?theme=${theme}`;
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #answer(url: URL, response: ServerResponse): Promise<void> {
		const theme = readTheme(url);
		const extra = this.#extras.find((script) => script.path === url.pathname);
		if (url.pathname === "/") send(response, "text/html", this.#html(theme));
		else if (url.pathname === "/host.js")
			send(response, "text/javascript", hostStub(THEMES[theme]));
		else if (extra !== undefined) send(response, "text/javascript", extra.content);
		else if (url.pathname === "/main.js" || url.pathname === "/style.css") {
			const type = url.pathname === "/main.js" ? "text/javascript" : "text/css";
			send(response, type, await readFile(join(BUILT, url.pathname)));
		} else response.writeHead(404).end();
	}

	#html(theme: ThemeName): string {
		const nonce = randomBytes(16).toString("base64");
		const html = pageHtml({
			nonce,
			cspSource: this.origin,
			scriptUris: [`${this.origin}/main.js`],
			styleUri: `${this.origin}/style.css`,
		});
		const scripts = [`/host.js?theme=${theme}`, ...this.#extras.map((script) => script.path)];
		const tags = scripts.map((path) => `<script nonce="${nonce}" src="${path}"></script>`);
		return html
			.replace("</head>", () => `${tags.join("\n")}\n</head>`)
			.replace("<body>", () => `<body class="${THEMES[theme].bodyClass}">`)
			.replace('id="agent-live-graph"', 'id="agent-live-graph" data-test');
	}
}

function readTheme(url: URL): ThemeName {
	const name = url.searchParams.get("theme") ?? "dark";
	return Object.hasOwn(THEMES, name) ? (name as ThemeName) : "dark";
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
	response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(body);
}
