import assert from "node:assert/strict";
import { languageOf, type SourceLanguage } from "../../../../src/functions/parsing/languages.ts";
import { functionsIn } from "../../../support/functions/parse.ts";

/** One file per language, and its functions as `name first-last statements`. */
const files: Record<SourceLanguage, { text: string; expected: string[] }> = {
	typescript: {
		text: `namespace deep {
	export function inner(): void {}
}
function overloaded(a: string): void;
function overloaded(a: unknown): void {
	use(a);
}
abstract class Shape {
	private readonly area = (): number => 1;
	constructor(readonly name: string) { this.name = name; }
	abstract draw(): void;
	get size(): number { return 1; }
	set size(value: number) { this.#set(value); }
	#set(value: number) { if (value) return; }
	static async *walk<T>(of: T[]) { yield* of; }
}
export const api = {
	get: async (id: string) => { return await fetch(id); },
	list() { return []; },
} satisfies Api;
export default (x: number) => x;
`,
		expected: [
			"deep.inner 2-2 0",
			"overloaded 5-7 1",
			"Shape.area 9-9 0",
			"Shape.constructor 10-10 1",
			"Shape.size 12-12 1",
			"Shape.size~2 13-13 1",
			"Shape.#set 14-14 2",
			"Shape.walk 15-15 1",
			"api.get 18-18 1",
			"api.list 19-19 1",
			"default 21-21 0",
		],
	},
	tsx: {
		text: "export const App = ({ a }: Props) => {\n\treturn <b onClick={() => a()}>x</b>;\n};\n",
		expected: ["App 1-3 1"],
	},
	javascript: {
		text: `exports.run = function () {
	function nested() { return 1; }
	list.map((x) => { return x; });
	return nested();
};
Thing.prototype.go = function named() {};
const f = async x => x, g = function* () {};
`,
		expected: [
			"exports.run 1-5 5",
			"exports.run.nested 2-2 1",
			"named 6-6 0",
			"f 7-7 0",
			"g 7-7 0",
		],
	},
	python: {
		text: `class A:
    @staticmethod
    def make(x):
        """Text."""
        if x:
            return 1
        return 2

    async def run(self):
        def inner():
            pass
        await inner()

double = lambda x: x * 2
`,
		expected: ["A.make 2-7 4", "A.run 9-12 3", "A.run.inner 10-11 1", "double 14-14 0"],
	},
	go: {
		text: `package main

func main() { run() }
func (s *Server[T]) Serve(a int) error {
	handler := func() { s.log() }
	handler()
	return nil
}
`,
		expected: ["main 3-3 1", "Server.Serve 4-8 4", "Server.Serve.handler 5-5 1"],
	},
	rust: {
		text: `mod inner { pub fn f() {} }
struct P;
impl P {
    pub fn new() -> Self { let p = P; p }
}
impl<T> fmt::Display for Wrap<T> {
    fn fmt(&self, f: &mut F) -> R { write!(f, "x") }
}
trait Named { fn name(&self) -> String; fn twice(&self) -> u8 { 2 } }
`,
		expected: ["inner.f 1-1 0", "P.new 4-4 2", "Wrap.fmt.Display.fmt 7-7 1", "Named.twice 9-9 1"],
	},
	java: {
		text: `package a.b;
public class A {
	A(int x) { this.x = x; }
	void run() { go(); }
	void run(int y) { if (y > 0) { go(); } }
	interface I { void none(); default int one() { return 1; } }
	enum E { X; int f() { return 1; } }
}
`,
		expected: ["A.A 3-3 1", "A.run 4-4 1", "A.run~2 5-5 2", "A.I.one 6-6 1", "A.E.f 7-7 1"],
	},
	"c-sharp": {
		text: `namespace N {
	class A {
		public A() { x = 1; }
		public int Run(int a) { int Local() { return 1; } return Local(); }
		int Arrow() => 1;
	}
}
`,
		expected: ["A.A 3-3 1", "A.Run 4-4 3", "A.Run.Local 4-4 1", "A.Arrow 5-5 0"],
	},
	cpp: {
		text: `namespace a::b {
class C { public: int in() { return 1; } void out(int); ~C() {} };
void C::out(int x) { use(x); }
template <typename T> T *make(T t) { return new T(t); }
bool operator==(const C &l, const C &r) { return true; }
}
int main() { auto f = [](int i) { return i; }; return f(0); }
`,
		expected: [
			"a.b.C.in 2-2 1",
			"a.b.C.~C 2-2 0",
			"a.b.C.out 3-3 1",
			"a.b.make 4-4 1",
			"a.b.operator== 5-5 1",
			"main 7-7 3",
			"main.f 7-7 1",
		],
	},
	ruby: {
		text: `module M
  class A < B
    def run(x)
      puts x
      x + 1
    end

    def self.make = new
    def empty; end
  end
end
`,
		expected: ["M.A.run 3-6 2", "M.A.make 8-8 0", "M.A.empty 9-9 0"],
	},
	php: {
		text: `<?php
namespace App;
class A {
	public function run($x) { return $x; }
	abstract function none();
}
function free() { echo 1; }
$f = function ($a) { return $a; };
$g = fn($a) => $a;
`,
		expected: ["A.run 4-4 1", "free 7-7 1", "f 8-8 1", "g 9-9 0"],
	},
	bash: {
		text: '#!/bin/bash\ngreet() {\n  local a=1\n  echo "$a" # said\n}\nfunction bye { echo bye; }\n',
		expected: ["greet 2-5 2", "bye 6-6 1"],
	},
};

describe("the functions of a file", () => {
	for (const [language, { text, expected }] of Object.entries(files)) {
		it(`are told in ${language}`, async () => {
			const found = await functionsIn(language as SourceLanguage, text);
			const told = found.map((each) => {
				const { name, startLine, endLine, statements } = each;
				return `${name} ${startLine}-${endLine} ${statements}`;
			});
			assert.deepEqual(told, expected);
			assert.ok(found.every(({ hash }) => /^[0-9a-f]{32}$/.test(hash)));
		});
	}

	it("are looked for by the ending of the file's name", () => {
		const told = ["a/b.ts", "b.d.MTS", "x.tsx", "x.h", "x.cs", "x", "ts", "x.md", ".sh"];
		assert.deepEqual(told.map(languageOf), [
			"typescript",
			"typescript",
			"tsx",
			"cpp",
			"c-sharp",
			null,
			null,
			null,
			"bash",
		]);
	});
});
