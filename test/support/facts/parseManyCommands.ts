// Child: parses commands until V8 takes the lexer for hot, and tells the most memory it took, in MiB.

import { Grammars } from "../../../src/facts/grammars.ts";
import { peakMiB } from "../processFigures.ts";
import { readWasm } from "./grammars.ts";

const grammars = new Grammars(readWasm);
await grammars.load("bash");
const before = peakMiB();
for (let index = 0; index < 500; index++) {
	grammars.parse("bash", `git commit -m "step ${index}" && npm test`, () => null);
}
console.log(peakMiB() - before);
