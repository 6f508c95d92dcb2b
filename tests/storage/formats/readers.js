// Reads YAML, a JSON string a line, with each of three libraries, and writes what each made of it, a JSON object a line.
const readline = require("node:readline");
const libraries = {
  "js-yaml 3": (text) => require("js-yaml-3").safeLoad(text),
  "js-yaml 4": (text) => require("js-yaml-4").load(text),
  yaml: (text) => require("yaml").parse(text, { logLevel: "silent" }),
};
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const made = {};
  for (const [name, read] of Object.entries(libraries)) {
    try {
      made[name] = read(JSON.parse(line));
    } catch (error) {
      made[name] = { error: String(error) };
    }
  }
  process.stdout.write(JSON.stringify(made).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029") + "\n");
});
