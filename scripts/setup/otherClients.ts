import { join } from "node:path";
import { isToolInstalled, type NpmTool, npmToolStep, toolFolder } from "./npmTool.ts";
import type { SetupStep } from "./steps.ts";

/** Clients beside Claude Code, each as its makers publish it, by its name in the table of clients. */
const TOOLS = {
	codex: tool("codex", "Codex", "@openai/codex@0.171.0", 2),
	"copilot-cli": tool("copilot", "Copilot CLI", "@github/copilot@1.0.102", 2),
	"gemini-cli": tool("gemini", "Gemini CLI", "@google/gemini-cli@0.61.0", 6),
	opencode: tool("opencode", "opencode", "opencode-ai@1.18.33", 2, true),
	pi: tool("pi", "pi", "@earendil-works/pi-coding-agent@1.5.2", 130),
	"qwen-code": tool("qwen", "Qwen Code", "@qwen-code/qwen-code@0.24.4", 8),
} as const;

export type OtherClient = keyof typeof TOOLS;

export const otherClients = Object.keys(TOOLS) as OtherClient[];

export function clientStep(client: OtherClient): SetupStep {
	return npmToolStep(TOOLS[client]);
}

/** The program that set-up installed, never one of a developer's own; undefined where it has not. */
export function clientProgram(client: OtherClient): string | undefined {
	const own = TOOLS[client];
	return isToolInstalled(own) ? join(toolFolder(own), "node_modules", ".bin", own.name) : undefined;
}

/** The version that is installed. */
export function clientVersion(client: OtherClient): string {
	return TOOLS[client].spec.replace(/^.*@/, "");
}

/** @param name of its program, and of its folder in .tools */
function tool(
	name: string,
	title: string,
	spec: string,
	packages: number,
	runsScripts = false,
): NpmTool {
	const flags = runsScripts ? [] : ["--ignore-scripts"];
	return { name, title: `${title} client`, spec, flags, packages };
}
