import assert from "node:assert/strict";
import { RememberingParser } from "../../../../src/functions/parsing/rememberingParser.ts";

describe("A parser that remembers", () => {
	it("parses the same content once for each language", async () => {
		const parsed: string[] = [];
		const parser = new RememberingParser({
			async parse(language, text) {
				parsed.push(`${language} ${text}`);
				return text === "broken" ? null : [];
			},
			async dispose() {},
		});
		for (const text of ["a", "b", "a", "broken", "broken"]) await parser.parse("python", text);
		await parser.parse("ruby", "a");
		assert.deepEqual(parsed, ["python a", "python b", "python broken", "ruby a"]);
	});
});
