import assert from "node:assert/strict";
import fc from "fast-check";
import { functionsIn, hashIn } from "../../support/functions/parse.ts";

describe("the hash of a function", () => {
	it("is the same with other comments, white space and another name", async () => {
		const plain = await hashIn("typescript", "function a(x: number) { return x + 1; }");
		const other = "export async function b( x:number ){\n\t// says\n\treturn x+1; /* more */\n}";
		assert.equal(await hashIn("typescript", other), plain);
	});

	it("is that of a method with the same parameters and body", async () => {
		const plain = await hashIn("python", "def f(a):\n    b = a\n    return b\n");
		const method = "class A:\n    def g(a):\n        b = a   # b\n\n        return b\n";
		assert.equal(await hashIn("python", method), plain);
	});

	for (const [what, a, b] of [
		["a number", "return 1", "return 2"],
		["white space in a string", "return 'a b'", "return 'a  b'"],
		["white space alone in a string", "return ' '", "return '  '"],
		["a name", "return a", "return b"],
		["what an indent means", "if a:\n        b()\n    c()", "if a:\n        b()\n        c()"],
	]) {
		it(`differs in Python with ${what}`, async () => {
			const hashes = [a, b].map((body) => hashIn("python", `def f(a):\n    ${body}\n`));
			const [first, second] = await Promise.all(hashes);
			assert.notEqual(first, second);
		});
	}

	it("differs with a newline that ends a statement", async () => {
		const [one, two] = await Promise.all([
			hashIn("javascript", "function f() { return\n1 }"),
			hashIn("javascript", "function f() { return 1 }"),
		]);
		assert.notEqual(one, two);
	});

	it("differs with a default value", async () => {
		const [one, two] = await Promise.all([
			hashIn("ruby", "def f(a = 1)\n  a\nend\n"),
			hashIn("ruby", "def f(a = 2)\n  a\nend\n"),
		]);
		assert.notEqual(one, two);
	});

	it("does not depend on what stands around the function, or was parsed before", async () => {
		const bodies = ["return 1;", "if (a) { b(); }", "const f = () => 1; return f;", "/* none */"];
		const declarations = bodies.map((body, index) => `function f${index}(a) { ${body} }`);
		const alone = await Promise.all(declarations.map((text) => hashIn("javascript", text)));
		await fc.assert(
			fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }), async (order) => {
				const text = order.map((index) => declarations[index]).join("\n\n");
				const found = await functionsIn("javascript", text);
				const expected = order.flatMap((index) => {
					const names = index === 2 ? ["f2", "f2.f"] : [`f${index}`];
					return names.map((name) => [name, name === `f${index}` ? alone[index] : null]);
				});
				const told = found.map(({ name, hash }) => [name, name === "f2.f" ? null : hash]);
				assert.deepEqual(told, expected);
			}),
		);
	});

	it("can be told of what nests deeper than a stack", async () => {
		const text = `function f() { return ${"(".repeat(5000)}1${")".repeat(5000)}; }`;
		assert.equal((await functionsIn("javascript", text)).length, 1);
	});
});
