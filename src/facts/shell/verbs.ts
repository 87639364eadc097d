import type { Word } from "./commandLine.ts";

/** Programs whose first word is a verb, with their options before it that take a value. */
const VERB_PROGRAMS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
	Object.entries({
		git: "-C -c --git-dir --work-tree --namespace --exec-path --super-prefix --config-env",
		npm: "--prefix -w --workspace -C --loglevel",
		pnpm: "-C --dir -F --filter --loglevel",
		yarn: "--cwd",
		bun: "--cwd",
		deno: "",
		cargo: "-C --config -Z --color",
		rustup: "",
		go: "-C",
		docker: "-H --host -c --context --config -l --log-level",
		podman: "--log-level --root -c --connection",
		"docker-compose": "-f --file -p --project-name --profile --env-file",
		kubectl: "-n --namespace --context --cluster --kubeconfig -s --server --user",
		helm: "-n --namespace --kube-context --kubeconfig",
		gh: "-R --repo",
		glab: "-R --repo",
		uv: "--directory --project --config-file --python -p --color --cache-dir",
		poetry: "-C --directory -P --project",
		pipenv: "",
		pdm: "-p --project",
		hatch: "-e --env -p --project",
		conda: "",
		pip: "--python --log --proxy --timeout --cache-dir",
		pip3: "--python --log --proxy --timeout --cache-dir",
		apt: "-o -t -c --option --target-release",
		"apt-get": "-o -t -c --option --target-release",
		apk: "",
		dnf: "",
		yum: "",
		brew: "",
		make: "-C --directory -f --file --makefile -I -o -W -j -l",
		just: "-f --justfile -d --working-directory",
		task: "-d --dir -t --taskfile",
		gradle: "-p --project-dir -b --build-file",
		gradlew: "-p --project-dir -b --build-file",
		mvn: "-f --file -pl --projects -P -s --settings",
		mvnw: "-f --file -pl --projects -P -s --settings",
		dotnet: "",
		bundle: "",
		gem: "",
		rails: "",
		composer: "-d --working-dir",
		mix: "",
		swift: "",
		flutter: "",
		dart: "",
		terraform: "",
		aws: "--profile --region --output --endpoint-url --query",
		gcloud: "--project --account --configuration --format",
		az: "",
		systemctl: "-H --host -M --machine -t --type -p --property",
		jj: "-R --repository",
		hg: "-R --repository --cwd --config",
		svn: "",
	}).map(([program, valued]) => [program, new Set(valued.split(" "))]),
);

/** The verb behind a program that has verbs; null where it has none, or none is plainly there. */
export function verbOf(program: string, rest: readonly Word[]): string | null {
	const valued = VERB_PROGRAMS.get(program);
	if (valued === undefined) return null;
	for (let index = 0; index < rest.length; index++) {
		const word = rest[index];
		if (word === undefined || !word.isLiteral) return null;
		const { text } = word;
		if (text.startsWith("-")) {
			// The number of jobs may be left out, and then a target follows.
			const hasValue = text === "-j" ? /^\d+$/.test(rest[index + 1]?.text ?? "") : valued.has(text);
			if (hasValue) index++;
		} else if (!isBeforeVerb(text)) {
			return /^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,39}$/.test(text) ? text : null;
		}
	}
	return null;
}

/** A toolchain (`cargo +nightly`), or a variable (`make CC=gcc`). */
function isBeforeVerb(text: string): boolean {
	return text.startsWith("+") || /^[A-Za-z_]\w*[:?+]?=/.test(text);
}
