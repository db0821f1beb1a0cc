// npm's @tus/server behind the addresses of our wire. In: its packages, a folder.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [packages, folder] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${packages}/${name}/dist/index.js`));
const { Server } = await load("@tus/server");
const { FileStore } = await load("@tus/file-store");
const { Upload } = await load("@tus/utils");

const store = new FileStore({ directory: folder });
const tus = new Server({ path: "/v1/blobs", datastore: store });

async function missing(manifest) {
  const wanted = [];
  for (const { sha256, size } of manifest.payload.parts) {
    const known = await store.getUpload(sha256).catch(() => null);
    if (!known) await store.create(new Upload({ id: sha256, size, offset: 0 }));
    if (!known || known.offset < size) wanted.push({ sha256, offset: known ? known.offset : 0 });
  }
  return wanted;
}

const server = createServer(async (request, response) => {
  if (request.url.startsWith("/v1/blobs")) {
    if (request.method === "PATCH") console.log(`PATCH ${request.headers["upload-offset"]}`);
    return tus.handle(request, response);
  }
  let body = "";
  for await (const piece of request) body += piece;
  const told = request.method === "PUT" ? { missing: await missing(JSON.parse(body)) } : { signed: "by nobody" };
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(told));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
