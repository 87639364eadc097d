import type { PriceOf } from "../model/usage/price.ts";
import { claudeCode } from "./claude-code/client.ts";
import { CLIENT_IDENTITIES, type ClientName } from "./clientIdentities.ts";
import { codex } from "./codex/codexClient.ts";
import type { TranscriptClient } from "./transcripts/port.ts";

/** What reads their transcripts: one row a client. */
const READERS: Readonly<Record<ClientName, (priceOf: PriceOf) => TranscriptClient>> = {
	codex,
	"claude-code": claudeCode,
};

/** @param priceOf what a request cost; without it nothing has a price */
export function transcriptClients(priceOf: PriceOf = () => null): TranscriptClient[] {
	return CLIENT_IDENTITIES.map(({ name }) => READERS[name](priceOf));
}
