import type { SourceFunction } from "../sourceFunction.ts";
import type { SourceLanguage } from "./languages.ts";

/** How git names the content of a file. */
export type BlobFormat = "sha1" | "sha256";

/** A file to be read and parsed. */
export interface SourceFile {
	/** Absolute. */
	readonly path: string;
	readonly language: SourceLanguage;
	/** Blob of the content that is known already; null where none is. */
	readonly knownBlob: string | null;
}

/** What a file holds. */
export interface ParsedFile {
	/** Id that git has for the content, whether it holds it or not; empty where it cannot be read. */
	readonly blob: string;
	/** null for the content that is known already, and for what cannot be read or parsed. */
	readonly functions: readonly SourceFunction[] | null;
}

export type ParseTask =
	| { readonly kind: "text"; readonly language: SourceLanguage; readonly text: string }
	| { readonly kind: "files"; readonly files: readonly SourceFile[]; readonly format: BlobFormat };

/** To a thread: one task at a time, answered in turn. */
export type ToParser = { readonly kind: "task"; readonly id: number; readonly task: ParseTask };

/** From a thread; of a text one answer, of files one each. */
export type FromParser = { readonly id: number; readonly answers: readonly ParsedFile[] };
