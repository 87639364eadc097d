/** What the guide has to say. */
export interface GuideFacts {
	/** JSON to add, see hookSettings */
	readonly settings: string;
	/** Path of the user's settings file of Claude Code. */
	readonly settingsFile: string;
	readonly eventsFile: string;
	/** Folder that is a Claude Code plugin. */
	readonly pluginFolder: string;
	readonly isJqFound: boolean;
}

/** The steps to install the hooks by hand, as Markdown. */
export function installGuide(facts: GuideFacts): string {
	return [
		"# Install the hooks\n",
		"The hooks append one line per event to a log on this machine. They write no arguments, no",
		"output and none of your prompts, never hold Claude Code up, and send nothing anywhere.\n",
		...(facts.isJqFound ? [] : [JQ_MISSING]),
		"## 1. Add this to your settings\n",
		`It has been copied. Add it to ${code(facts.settingsFile)}; where that file has a \`hooks\``,
		"object already, add these entries to its lists and keep what is there.\n",
		fence("json", facts.settings),
		"## 2. Start a new session\n",
		"Claude Code reads its hooks when a session starts. Ask it for something that needs an agent",
		"and watch it appear in the graph.\n",
		`Events go to ${code(facts.eventsFile)}.\n`,
		"## Or try them for one session\n",
		"The extension's folder is also a plugin; nothing has to be added to any settings file:\n",
		fence("sh", `claude --plugin-dir ${shellQuote(facts.pluginFolder)}`),
		"Use one way or the other: with both, every event is written twice.\n",
		"## To remove them\n",
		"Take the same entries out of the settings file again.",
	].join("\n");
}

const JQ_MISSING = `> **\`jq\` was not found.** The hooks need it. Install it first: \`apt install jq\`,
> \`dnf install jq\`, \`brew install jq\` or \`winget install jqlang.jq\`.\n`;

function fence(language: string, text: string): string {
	return `\`\`\`\`${language}\n${text}\n\`\`\`\`\n`;
}

function code(text: string): string {
	return `\`${text.replace(/`/g, "'")}\``;
}

function shellQuote(text: string): string {
	return `'${text.replace(/'/g, "'\\''")}'`;
}
