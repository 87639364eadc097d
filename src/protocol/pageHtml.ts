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
	/** The page draws pictures of its own into files. */
	readonly drawsFiles?: boolean;
}

/**
 * Markup of the panel. It holds no text and no control: the script builds everything, so that
 * nothing of a log can ever pass through an HTML parser.
 */
export function pageHtml(options: PageHtmlOptions): string {
	const source = escapeAttribute(options.cspSource);
	const nonce = escapeAttribute(options.nonce);
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src ${source}`,
		`font-src ${source}`,
		...(options.drawsFiles === true ? ["img-src blob:"] : []),
		...(options.connectSource === undefined
			? []
			: [`connect-src ${escapeAttribute(options.connectSource)}`]),
	];
	const scripts = options.scriptUris.map(
		(uri) => `<script nonce="${nonce}" src="${escapeAttribute(uri)}"></script>`,
	);
	const style = `<link rel="stylesheet" href="${escapeAttribute(options.styleUri)}">`;
	return markup(policy, style, scripts);
}

/** A part of a page that is one file, with the base64 text of its SHA-256. */
interface InlinePart {
	readonly text: string;
	readonly sha256: string;
}

/** What a page that is one file is made of. */
interface FilePageOptions {
	/** Run in this order; none holds the end of a script element. */
	readonly scripts: readonly InlinePart[];
	readonly style: InlinePart;
	/** What its host answers from. */
	readonly data: unknown;
}

/** Id of the element that holds the data of a page that is one file, as JSON. */
export const PAGE_DATA_ID = "data";

/** Markup of the page as one file: nothing in it but these parts runs, and it asks nobody for anything. */
export function filePageHtml({ scripts, style, data }: FilePageOptions): string {
	const policy = [
		"default-src 'none'",
		`script-src ${scripts.map(({ sha256 }) => `'sha256-${sha256}'`).join(" ")}`,
		`style-src 'sha256-${style.sha256}'`,
		"base-uri 'none'",
		"form-action 'none'",
	];
	// Nothing in it can end the element, or begin another.
	const json = JSON.stringify(data).replaceAll("<", "\\u003c");
	return markup(policy, `<style>${style.text}</style>`, [
		`<script type="application/json" id="${PAGE_DATA_ID}">${json}</script>`,
		...scripts.map(({ text }) => `<script>${text}</script>`),
	]);
}

function markup(policy: readonly string[], style: string, scripts: readonly string[]): string {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Agent Live Graph</title>
${style}
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
