import { createHash } from "node:crypto";
import type { BlobFormat } from "./parsing/parserProtocol.ts";

/** The id that git gives to a content: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
export function gitBlob(content: Uint8Array, format: BlobFormat): string {
	return createHash(format).update(`blob ${content.length}\0`).update(content).digest("hex");
}
