import { randomBytes } from "node:crypto";
import {
	chmodSync,
	closeSync,
	mkdirSync,
	openSync,
	readFileSync,
	statSync,
	writeSync,
} from "node:fs";
import * as path from "node:path";
import { StreamError } from "./streamError.ts";

/** 256 bits: more than anyone can try. */
const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/**
 * The token that the stream asks for, from a file that only its owner can read; made when there is
 * none, so that the address of the page stays the same from one start to the next.
 *
 * @throws StreamError when the file is no such file or others can read it
 */
export function tokenFromFile(file: string): string {
	return readToken(file) ?? createToken(file);
}

function readToken(file: string): string | null {
	let text: string;
	try {
		text = readFileSync(file, "utf8").trim();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw new StreamError(`cannot read the stream's token: ${(error as Error).message}`);
	}
	if (!TOKEN.test(text)) {
		throw new StreamError(`${file} holds no token of the stream; remove it to have one made`);
	}
	// Windows keeps no such modes; there the folder of the user's own profile protects it.
	if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
		throw new StreamError(`others may have read ${file}; remove it to have a new token made`);
	}
	return text;
}

/** Only ever a file of its own: whatever stands at the path, also a link, is left alone. */
function createToken(file: string): string {
	const token = randomBytes(TOKEN_BYTES).toString("base64url");
	try {
		mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
		const handle = openSync(file, "wx", 0o600);
		try {
			writeSync(handle, `${token}\n`);
		} finally {
			closeSync(handle);
		}
		chmodSync(file, 0o600);
	} catch (error) {
		// Another process was faster: its token is as good, once it has been written.
		const other = (error as NodeJS.ErrnoException).code === "EEXIST" ? readToken(file) : null;
		if (other !== null) return other;
		throw new StreamError(`cannot write the stream's token: ${(error as Error).message}`);
	}
	return token;
}
