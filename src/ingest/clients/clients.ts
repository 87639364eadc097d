import type { PriceOf } from "../../model/usage/price.ts";
import { claudeCode } from "../claude-code/client.ts";
import { codex } from "../codex/codexClient.ts";
import { copilotCli } from "../copilot-cli/copilotClient.ts";
import { geminiCli } from "../gemini-cli/geminiClient.ts";
import { opencode } from "../opencode/opencodeClient.ts";
import { pi } from "../pi/piClient.ts";
import { qwenCode } from "../qwen-code/qwenClient.ts";
import type { TranscriptClient } from "../transcripts/port.ts";
import { CLIENT_IDENTITIES, type ClientName } from "./clientIdentities.ts";

/** What reads their transcripts: one row a client. */
const READERS: Readonly<Record<ClientName, (priceOf: PriceOf) => TranscriptClient>> = {
	"claude-code": claudeCode,
	codex,
	"copilot-cli": copilotCli,
	"gemini-cli": geminiCli,
	opencode,
	pi,
	"qwen-code": qwenCode,
};

/** @param priceOf what a request cost; without it nothing has a price */
export function transcriptClients(priceOf: PriceOf = () => null): TranscriptClient[] {
	return CLIENT_IDENTITIES.map(({ name }) => READERS[name](priceOf));
}
