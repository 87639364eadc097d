/** A settings file that can not be changed safely. Nothing has been written. */
export class SettingsError extends Error {
	/** 1-based; null when the trouble has no place in the text. */
	readonly line: number | null;
	readonly column: number | null;

	constructor(message: string, text?: string, offset = 0) {
		const place = text === undefined ? null : placeAt(text, offset);
		super(place === null ? message : `line ${place.line}, column ${place.column}: ${message}`);
		this.line = place?.line ?? null;
		this.column = place?.column ?? null;
	}
}

function placeAt(text: string, offset: number): { line: number; column: number } {
	const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
	return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
