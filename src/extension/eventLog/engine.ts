// Entry of a bundle of its own: what reads lines of the event log is loaded with the first of them.
import { LogLines } from "../../ingest/eventLog/logLines.ts";

export const engine = { LogLines };

export type LogEngine = typeof engine;
