import type { PriceOf } from "../model/usage/price.ts";
import { claudeCode } from "./claude-code/client.ts";
import type { TranscriptClient } from "./transcripts/port.ts";

/** Whose transcripts are read: one row a client. */
const CLIENTS: readonly ((priceOf: PriceOf) => TranscriptClient)[] = [claudeCode];

/** @param priceOf what a request cost; without it nothing has a price */
export function transcriptClients(priceOf: PriceOf = () => null): TranscriptClient[] {
	return CLIENTS.map((client) => client(priceOf));
}
