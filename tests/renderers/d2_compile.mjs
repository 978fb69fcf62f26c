// Reads a JSON object of D2 texts by name and draws each with the D2 of the folder that is named on the command line.
// Prints, by name, what D2 made of them: labels of shapes by id, connections, the SVG's size; or an error as a text.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { D2 } = await import(pathToFileURL(`${process.argv[2]}/dist/node-esm/index.js`));
const d2 = new D2();
const found = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  try {
    const { diagram, renderOptions } = await d2.compile(text);
    const svg = await d2.render(diagram, renderOptions);
    found[name] = {
      labels: Object.fromEntries(diagram.shapes.map((shape) => [shape.id, shape.label])),
      connections: diagram.connections.map((one) => [one.src, one.dst, one.label]),
      drawn: svg.length,
    };
  } catch (error) {
    found[name] = String(error.message ?? error);
  }
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
