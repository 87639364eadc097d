/** Stands in hooks.json for the folder that the hooks are installed in. */
const ROOT = "$" + "{CLAUDE_PLUGIN_ROOT}";

/**
 * The part of Claude Code's settings that installs the hooks, made from the very file that makes
 * them a plugin.
 *
 * @param hooksJson text of hooks/hooks.json
 * @param root folder that holds `hooks/`
 * @returns the text of a JSON object with the one key `hooks`
 * @throws SyntaxError when hooksJson does not parse
 */
export function hookSettings(hooksJson: string, root: string): string {
	const { hooks } = JSON.parse(hooksJson) as { hooks: unknown };
	const quotable = escapeInQuotes(root);
	const withPaths = (_key: string, value: unknown): unknown =>
		typeof value === "string" ? value.replaceAll(ROOT, () => quotable) : value;
	return JSON.stringify({ hooks }, withPaths, 2);
}

/** The commands name their script in double quotes, where a shell still reads these characters. */
function escapeInQuotes(path: string): string {
	return path.replace(/\\/g, "/").replace(/["$`]/g, "\\$&");
}
