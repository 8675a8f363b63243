// node smoke.mjs PYODIDE PROGRAM: runs a Python program in WebAssembly, with the packages of the lessons.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, program] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: folder + path.sep, packages: ["follow-the-gradient"] });
python.runPython(fs.readFileSync(program, "utf-8"));
