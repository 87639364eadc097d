/** A message as it goes over the wire. */
export function bytesOf(message: object): Buffer {
	return Buffer.from(JSON.stringify(message));
}

/** What a client sent; null where it is no JSON. */
export function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
