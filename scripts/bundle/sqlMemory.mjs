// Lets a database of sql.js be saved from where it lies, and grow where it lies.

/**
 * `export` as the package has it, short names and all. It tells what a file's node is found by, and
 * what the node calls its content and the length of that.
 */
const EXPORT =
	/(\w+)\.prototype\.\w+=function\(\)\{if\(!this\.db\)throw Error\("Database closed"\);var (\w+)=this\.filename\+\s*"_export";.*?=(\w+)\(\2\)\.node,.*?new Uint8Array\(\w+\.(\w+)\.buffer,\w+\.\4\.byteOffset,\w+\.(\w+)\)/s;

/** How a file in memory gets more room: all that it holds is copied. */
const GROWTH =
	/(\w+)=(\w+)\.(\w+)\.subarray\(0,\2\.(\w+)\),\2\.\3=new Uint8Array\((\w+)\),\2\.\3\.set\(\1\)/;

/**
 * Of ES2024, which the oldest Node in package.json has.
 * @typedef {ArrayBuffer & { resizable: boolean, maxByteLength: number, resize(length: number): void }} Resizable
 * @typedef {new (length: number, options: { maxByteLength: number }) => Resizable} ResizableConstructor
 */

/**
 * As source text. The room is reserved at once and taken as it is needed. A small file, such as one
 * of SQLite's own for a moment, is copied as before, and so is one beyond what may be reserved.
 *
 * @param {Uint8Array<Resizable>} bytes
 * @param {number} used
 * @param {number} capacity
 */
function growFile(bytes, used, capacity) {
	const LEAST = 1024 * 1024;
	const RESERVED = 2 ** 31;
	const { buffer, byteOffset } = bytes;
	if (buffer.resizable && byteOffset === 0 && capacity <= buffer.maxByteLength) {
		buffer.resize(capacity);
		return new Uint8Array(buffer);
	}
	/** @type {Uint8Array | null} */
	let grown = null;
	try {
		if (capacity >= LEAST && capacity <= RESERVED) {
			const Buffer = /** @type {ResizableConstructor} */ (/** @type {unknown} */ (ArrayBuffer));
			grown = new Uint8Array(new Buffer(capacity, { maxByteLength: RESERVED }));
		}
	} catch {
		// The system gives no such range of addresses.
	}
	grown ??= new Uint8Array(capacity);
	grown.set(bytes.subarray(0, used));
	return grown;
}

/**
 * An error of JavaScript leaves SQLite in the middle of what it did, and it goes on as if nothing
 * had happened: what it makes of the database from then on must not be saved.
 */
const GUARD = `
var hasMemoryRunOut = false;
function growOrTell(bytes, used, capacity) {
	try {
		return growFile(bytes, used, capacity);
	} catch (error) {
		hasMemoryRunOut = true;
		throw error;
	}
}`;

/**
 * The package makes a second copy of the whole database to export it and whenever its file in
 * memory grows, which is as much as all else that the program holds. That file is what SQLite would
 * have on a disk, whole whenever no transaction is open.
 *
 * @param {string} source of sql-wasm.js
 * @returns {string} the same, with a method `fileBytes` beside `export`, see
 * src/telemetry/storage/store.ts, and files that grow in place
 * @throws Error when the package is not built as it was
 */
export function withSqlMemory(source) {
	const found = EXPORT.exec(source);
	if (found === null) throw new Error("sql.js no longer exports as it did: see this script.");
	const [, database, , lookup, content, length] = found;
	const method =
		`${database}.prototype["fileBytes"]=function(){` +
		`if(!this.db)throw Error("Database closed");` +
		`if(hasMemoryRunOut)return null;` +
		`var file=${lookup}(this.filename).node;` +
		`return file.${content}?file.${content}.subarray(0,file.${length}):new Uint8Array(0)};`;
	const saved = `${source.slice(0, found.index)}${method}${source.slice(found.index)}`;
	const grown = saved.replace(GROWTH, (_, _old, file, bytes, used, capacity) => {
		return `${file}.${bytes}=growOrTell(${file}.${bytes},${file}.${used},${capacity})`;
	});
	if (grown === saved)
		throw new Error("Files of sql.js no longer grow as they did: see this script.");
	return `${growFile}${GUARD}\n${grown}`;
}
