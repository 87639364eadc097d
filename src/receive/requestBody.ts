import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

/** Bounds of one request, bytes. */
export interface BodyLimits {
	/** As it comes. */
	readonly sent: number;
	/** Once it is unpacked: a few bytes of gzip may be any number. */
	readonly unpacked: number;
}

/** A body that is not read to its end, with the status that says why. */
export class BodyError extends Error {
	readonly status: 400 | 413 | 415;

	constructor(status: BodyError["status"], message: string) {
		super(message);
		this.status = status;
	}
}

const unpack = promisify(gunzip);

/** @throws BodyError for what is too large, packed otherwise, or broken off */
export async function bodyOf(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
	const encoding = request.headers["content-encoding"] ?? "identity";
	if (encoding !== "identity" && encoding !== "gzip") {
		throw new BodyError(415, "gzip is the only packing that is known");
	}
	const sent = await sentBytes(request, limits.sent);
	if (encoding === "identity") return sent;
	try {
		return await unpack(sent, { maxOutputLength: limits.unpacked });
	} catch (error) {
		const isLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
		if (isLarge) throw new BodyError(413, `more than ${limits.unpacked} bytes once unpacked`);
		throw new BodyError(400, "this is not gzip");
	}
}

async function sentBytes(request: IncomingMessage, most: number): Promise<Buffer> {
	const tooLarge = () => new BodyError(413, `more than ${most} bytes`);
	if (Number(request.headers["content-length"] ?? 0) > most) throw tooLarge();
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		size += (chunk as Buffer).length;
		if (size > most) throw tooLarge();
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks);
}
