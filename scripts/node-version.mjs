// Imported first by every script, and only of syntax that old versions can read: they shall get a sentence, too.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Muster needs Node 20.19 or newer (22 or 24 recommended); this is ${process.versions.node}.\n`);
  process.exit(1);
}
