import { fileOf, promptOf, readTranscript, reasonOf } from "../../transcripts/readTranscript.ts";

/** What reads transcripts for people; loaded when one is first opened. */
export const transcriptEngine = { fileOf, promptOf, readTranscript, reasonOf };

export type TranscriptEngine = typeof transcriptEngine;
