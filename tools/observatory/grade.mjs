/**
 * Prints what Mozilla's HTTP Observatory says of a host, as JSON: its own scan, but for the ports of this machine that
 * stand in for 80 and 443.
 *
 * node grade.mjs HOST HTTP_PORT HTTPS_PORT, with NODE_EXTRA_CA_CERTS naming the certificate that HOST shows.
 *
 * Of the package's dependencies those are left out (package.json, overrides) that only its web service needs.
 */

import { existsSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { fileURLToPath } from "node:url";

const [host, httpPort, httpsPort] = process.argv.slice(2);
const PORTS = { 80: httpPort, 443: httpsPort };

for (const { Agent } of [http, https]) {
  const connect = Agent.prototype.createConnection;
  Agent.prototype.createConnection = function (options, ...rest) {
    if (options.host !== host || !(options.port in PORTS)) throw new Error(`${options.host} is not ${host}`);
    const there = { ...options, host: "127.0.0.1", port: PORTS[options.port] };
    return connect.call(this, there, ...rest);
  };
}

// The list of hosts that browsers know to have TLS is downloaded when the package is installed. This host is on none.
const list = new URL("./node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json", import.meta.url);
if (!existsSync(list)) writeFileSync(fileURLToPath(list), "{}");

const { scan } = await import("@mdn/mdn-http-observatory");
console.log(JSON.stringify(await scan(host)));
