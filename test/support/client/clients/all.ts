import { claude } from "./claude.ts";
import { codexWith } from "./codex.ts";
import { copilotWith } from "./copilot.ts";
import { gemini } from "./gemini.ts";
import { opencode } from "./opencode.ts";
import { pi } from "./pi.ts";
import { qwen } from "./qwen.ts";
import type { RealClient } from "./realClient.ts";

/** Each client in each of the ways in which its model may work with it. */
export const realClients: ReadonlyMap<string, RealClient> = new Map<string, RealClient>([
	["Claude Code", claude],
	["Codex, in scripts", codexWith("gpt-6.2-sol", true)],
	["Codex, by functions", codexWith("scripted-1", false)],
	["Copilot CLI, by patches", copilotWith("gpt-5.4")],
	["Copilot CLI, by tools", copilotWith("claude-sonnet-4.5")],
	["Gemini CLI", gemini],
	["opencode", opencode],
	["pi", pi],
	["Qwen Code", qwen],
]);
