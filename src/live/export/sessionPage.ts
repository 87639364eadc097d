import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SessionExport } from "../../model/recording/sessionExport.ts";
import { filePageHtml } from "../../protocol/pageHtml.ts";

/** Who answers the page, and the page itself. */
const SCRIPTS = ["sessionFile.js", "main.js"];

/**
 * A session as one HTML file that holds the page with all it needs, and works without a network.
 *
 * @param webview folder of the page's own bundles
 */
export async function sessionPage(session: SessionExport, webview: string): Promise<string> {
	const [style, ...scripts] = await Promise.all(
		["style.css", ...SCRIPTS].map((name) => part(join(webview, name))),
	);
	if (style === undefined) throw new Error("no style sheet");
	return filePageHtml({ style, scripts, data: session });
}

async function part(file: string): Promise<{ text: string; sha256: string }> {
	// What stands between the tags is hashed, which is why nothing is added to it.
	const text = await readFile(file, "utf8");
	return { text, sha256: createHash("sha256").update(text).digest("base64") };
}
