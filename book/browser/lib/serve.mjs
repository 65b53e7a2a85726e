// Serves a directory on a free local port: enough HTTP for a book.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Resolves to `{ origin, close }`. */
export async function serve(directory) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://book");
    const file = normalize(join(directory, decodeURIComponent(pathname)));
    try {
      if (!file.startsWith(directory + sep)) throw new Error("outside the book");
      const body = await readFile(pathname.endsWith("/") ? join(file, "index.html") : file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? TYPES[".html"] });
      response.end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("not in the book");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((done) => server.close(done)),
  };
}
