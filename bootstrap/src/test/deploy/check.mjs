// Checks the compose file and the manifests of a folder against the schemas of those who read them;
// what is wrong is printed, and ends this with 1. Use: node check.mjs FOLDER
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseAllDocuments } from "yaml";

const folder = process.argv[2];
const linter = createRequire(import.meta.url).resolve("dclint");

execFileSync(
  process.execPath,
  [
    join(dirname(linter), "..", "bin", "dclint.cjs"),
    "--config",
    join(import.meta.dirname, "dclint.json"),
    "--max-warnings",
    "0",
    join(folder, "compose.yaml"),
  ],
  { stdio: "inherit" },
);

let wrong = 0;
for (const document of parseAllDocuments(readFileSync(join(folder, "kubernetes.yaml"), "utf8"))) {
  const object = document.toJS();
  const name = `${object.kind} ${object.metadata.name}`;
  const kinds = await import(`kubernetes-models/${object.apiVersion}`);
  try {
    document.errors.forEach((error) => {
      throw error;
    });
    new kinds[object.kind](object).validate();
    console.log(`fine: ${name}`);
  } catch (error) {
    wrong++;
    console.error(`${name}: ${error.message}`);
  }
}
process.exitCode = wrong === 0 ? 0 : 1;
