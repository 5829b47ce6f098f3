// A department's endpoint, written from docs/department-interface.md alone; nothing but Node's own library.
//   node department.mjs keys.json <port> <callback>      FAULT=<name> breaks one clause of the page
import { createServer } from "node:http";
import { createHmac, createPrivateKey, createPublicKey, randomUUID, sign, timingSafeEqual, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const [keysFile, port, callback] = process.argv.slice(2);
const keys = JSON.parse(readFileSync(keysFile, "utf8"));
const fault = process.env.FAULT ?? "";
const polls = callback === "-";

const raw = (text) => Buffer.from(text.slice(5 + text.startsWith("whsec_")), "base64");
const secret = raw(keys.secret);
const houseKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw(keys.house_key).toString("base64url") }, format: "jwk" });
const own = raw(keys.signing_key);
const ownKey = createPrivateKey({
  key: { kty: "OKP", crv: "Ed25519", d: own.subarray(0, 32).toString("base64url"), x: own.subarray(32).toString("base64url") },
  format: "jwk",
});

function fits(headers, body) {
  const [id, stamp, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => headers[name] ?? "");
  if (!id || !/^\d+$/.test(stamp) || !signatures) return false;
  if (fault !== "takes_stale" && Math.abs(Date.now() / 1000 - Number(stamp)) > 300) return false;
  const content = Buffer.concat([Buffer.from(`${id}.${stamp}.`), body]);
  return signatures.split(" ").some((one) => {
    const [version, text = ""] = one.split(",");
    const given = Buffer.from(text, "base64");
    if (version === "v1a") return verify(null, content, houseKey, given);
    const mac = createHmac("sha256", secret).update(content).digest();
    return version === "v1" && given.length === mac.length && timingSafeEqual(given, mac);
  });
}

function signed(id, body) {
  const late = fault === "old_timestamp" ? 900 : 0;
  const stamp = String(Math.floor(Date.now() / 1000) - late);
  let signature = sign(null, Buffer.concat([Buffer.from(`${id}.${stamp}.`), body]), ownKey).toString("base64");
  if (fault === "bad_signature") signature = Buffer.alloc(64, 7).toString("base64");
  return { "webhook-id": fault === "other_header_id" ? randomUUID() : id, "webhook-timestamp": stamp, "webhook-signature": `v1a,${signature}` };
}

const orders = new Map(); // order id → { rounds: Set, decision, done }
const laid = []; // replies that lie ready

function event(order, data) {
  const message = {
    specversion: fault === "specversion" ? "0.3" : "1.0", id: randomUUID(), source: keys.source, type: "org.onething.reply.v1",
    subject: order.order, time: fault === "no_zone" ? "2026-09-28T02:00:00" : new Date().toISOString(), data: { round: order.round, ...data },
  };
  if (fault === "long_id") message.id += "x".repeat(130);
  return message;
}

async function say(message, pause = 400) {
  const order = orders.get(message.subject);
  const body = Buffer.from(JSON.stringify(message));
  if (polls) return void laid.push(message);
  let status = 0;
  try {
    const type = fault === "content_type" ? "application/json" : "application/cloudevents+json";
    const answer = await fetch(callback, { method: "POST", body, headers: { "content-type": type, ...signed(message.id, body) }, signal: AbortSignal.timeout(10000) });
    status = answer.status;
  } catch { /* no answer: again below */ }
  const again = status === 0 || status === 429 || status >= 500;
  if ((again && fault !== "gives_up") || (fault === "stubborn" && status === 422 && order.stubborn++ < 2)) {
    await new Promise((done) => setTimeout(done, pause));
    if (fault === "changes_body" && again) message = { ...message, time: new Date(Date.now() + pause).toISOString() };
    return say(message, fault === "even_pauses" ? pause : pause * 2);
  }
  if (fault === "chatters" && status === 202 && order.chatter++ < 1) return say(message, pause);
}

async function work(order) {
  const known = orders.get(order.order);
  if (known.done) return;
  known.done = true;
  if (known.withdrawn && fault !== "works_on") return;
  await say(event(order, { kind: fault === "unknown_kind" ? "noted" : "accepted", ...(fault === "wrong_round" ? { round: 7 } : {}) }));
  if (fault === "silent") return;
  const result = { number: `N-${order.order.slice(0, 8)}`, issued: "2026-09-28" };
  if (fault === "bad_file") result.file = { type: "application/pdf", content: Buffer.from("no paper").toString("base64") };
  known.decision = fault === "refuses_mutely" ? event(order, { kind: "refused", reason: "" }) : event(order, { kind: "approved", result });
  await say(known.decision);
}

function take(message) {
  const order = message.data;
  const known = orders.get(order.order) ?? { rounds: new Set(), chatter: 0, stubborn: 0 };
  orders.set(order.order, known);
  const isNew = !known.rounds.has(order.round);
  known.rounds.add(order.round);
  if (isNew) setTimeout(() => work(order), 10);
  else if (fault === "does_twice") setTimeout(() => say(event(order, { kind: "approved", result: { number: randomUUID() } })), 50);
  else if (known.decision && !polls && fault !== "forgets") setTimeout(() => say(known.decision), 10);
  return fault === "no_receipt" ? "" : `R-${message.id}`;
}

function withdraw(message) {
  const known = orders.get(message.data.order) ?? { rounds: new Set(), chatter: 0, stubborn: 0 };
  known.withdrawn = true;
  orders.set(message.data.order, known);
  return `W-${message.id}`;
}

function answer(response, status, said, id) {
  const body = Buffer.from(JSON.stringify(said));
  response.writeHead(status, { "content-type": "application/json", "content-length": body.length, ...(id ? signed(id, body) : {}) });
  response.end(body);
}

function open(request, response, body) {
  const url = new URL(request.url, "http://here");
  const refuse = (status) => answer(response, fault === "falls_over" && status < 500 ? 500 : status, {});
  if (request.method === "GET" && url.pathname.endsWith("/replies")) {
    if (!fits(request.headers, Buffer.from(request.url))) return refuse(401);
    const begin = Number(url.searchParams.get("after") || 0);
    const replies = laid.slice(begin, begin + Number(url.searchParams.get("limit")));
    const next = String(begin + replies.length);
    return answer(response, 200, { replies, next: fault === "no_next" ? undefined : next, more: false }, randomUUID());
  }
  if (request.method !== "POST") return refuse(405);
  if (body.length > 256 * 1024 && fault !== "takes_anything") return refuse(413);
  if (fault !== "takes_forged" && !fits(request.headers, body)) return refuse(401);
  let message;
  try { message = JSON.parse(body.toString("utf8")); } catch { return refuse(422); }
  if (Array.isArray(message)) {
    const receipts = Object.fromEntries(message.map((one) => [one.id, take(one)]));
    if (fault === "half_a_batch") delete receipts[message[0].id];
    return answer(response, 202, { receipts });
  }
  if (message.id !== request.headers["webhook-id"] && fault !== "takes_forged") return refuse(422);
  if (fault === "strict" && "traceparent" in message) return refuse(422);
  if (message.type === "org.onething.order.v1") {
    if (fault === "second_is_new" && orders.has(message.data.order)) return refuse(409);
    return answer(response, 202, { receipt: take(message) });
  }
  if (message.type === "org.onething.urging.v1") return fault === "urging_breaks" ? answer(response, 500, {}) : answer(response, 202, {});
  if (message.type === "org.onething.withdrawal.v1") {
    if (fault === "knows_no_withdrawal" || (fault === "withdraws_once" && orders.get(message.data.order)?.withdrawn)) return refuse(422);
    return answer(response, 202, { receipt: withdraw(message) });
  }
  if (message.type === "org.onething.query.v1") {
    const fields = { address: "柳湾村 7 号", ...(fault === "tells_more" ? { phone: "19900000001" } : {}) };
    const said = { specversion: "1.0", id: randomUUID(), source: keys.source, type: "org.onething.answer.v1", subject: message.subject, time: new Date().toISOString(), data: { fields } };
    return answer(response, 200, said, said.id);
  }
  return refuse(422);
}

createServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece)).on("end", () => open(request, response, Buffer.concat(pieces)));
}).listen(Number(port), "127.0.0.1", function () { console.log(`listens ${this.address().port}`); });
