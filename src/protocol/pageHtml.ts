/** What the page's markup needs to know of whoever shows it. */
interface PageHtmlOptions {
	/** Fresh random base64 text; the scripts that carry it may run, and no others. */
	readonly nonce: string;
	/** Origin from which the panel may load its own files, such as `webview.cspSource`. */
	readonly cspSource: string;
	/** Origin that the page may connect to; none if not given. */
	readonly connectSource?: string;
	/** Run in this order; the last one is the page itself. */
	readonly scriptUris: readonly string[];
	readonly styleUri: string;
}

/**
 * Markup of the panel. It holds no text and no control: the script builds everything, so that
 * nothing of a log can ever pass through an HTML parser.
 */
export function pageHtml(options: PageHtmlOptions): string {
	const source = escapeAttribute(options.cspSource);
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${escapeAttribute(options.nonce)}'`,
		`style-src ${source}`,
		`font-src ${source}`,
		...(options.connectSource === undefined
			? []
			: [`connect-src ${escapeAttribute(options.connectSource)}`]),
	].join("; ");
	const nonce = escapeAttribute(options.nonce);
	const scripts = options.scriptUris.map(
		(uri) => `<script nonce="${nonce}" src="${escapeAttribute(uri)}"></script>`,
	);
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Agent Live Graph</title>
<link rel="stylesheet" href="${escapeAttribute(options.styleUri)}">
</head>
<body>
<main id="agent-live-graph"></main>
${scripts.join("\n")}
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
	return text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
